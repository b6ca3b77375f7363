import { once } from "node:events";
import { expect, test } from "vitest";
import { missingStops, replayJournal } from "../../src/modules/consent/index.ts";
import { forkProgram } from "./support/processes.ts";
import { setStage } from "./support/stage.ts";

test("no acknowledged stop is lost when its process is killed at any moment", {
  timeout: 240_000,
}, async () => {
  const stage = await setStage({ smtpPort: 25, poolSize: 4 });
  const acknowledged: string[] = [];
  try {
    for (let round = 0; round < 5; round++) {
      const { installation, workspaceId } = stage;
      const child = forkProgram("stop-forever-process", { installation, workspaceId });
      const killAt = acknowledged.length + 5 + Math.floor(Math.random() * 20);
      const ended = once(child, "exit");
      child.on("message", (message: { acknowledged: string }) => {
        acknowledged.push(message.acknowledged);
        // The very moment somebody was answered.
        if (acknowledged.length >= killAt) child.kill("SIGKILL");
      });
      await ended;
    }
    const inDatabase = async () =>
      new Set(
        (await stage.db.pool.query("SELECT stop_id FROM standing_stop")).rows.map(
          (row) => row.stop_id,
        ),
      );
    const inJournal = new Set<string>();
    for await (const line of stage.db.files.read("journal/stops"))
      inJournal.add((line as { id: string }).id);
    const stands = await inDatabase();
    console.log(
      `${acknowledged.length} acknowledged, ${stands.size} made, ${inJournal.size} journalled`,
    );
    expect(acknowledged.filter((id) => !stands.has(id))).toEqual([]);
    expect(acknowledged.filter((id) => !inJournal.has(id))).toEqual([]);
    // Nothing is journalled that was never made: it would keep sending off for ever.
    expect([...inJournal].filter((id) => !stands.has(id))).toEqual([]);

    // The backup of the day before knows none of them.
    await stage.db.pool.query("TRUNCATE stop, stop_detail, standing_stop, fence");
    expect(await missingStops(stage.db)).toBe(inJournal.size);
    await replayJournal(stage.db);
    expect(await missingStops(stage.db)).toBe(0);
    const back = await inDatabase();
    expect(acknowledged.filter((id) => !back.has(id))).toEqual([]);
  } finally {
    await stage.close();
  }
});
