import { spawn } from "node:child_process";
import { once } from "node:events";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { Database } from "../../kernel/database/index.ts";
import { DurableFiles } from "../../kernel/durable-files.ts";
import { Secrets } from "../../kernel/secrets.ts";
import { findImport, updateImport } from "./queries.ts";
import { runImport } from "./run-import.ts";
import { newWorkspace, type Stage } from "./testing.ts";
import { undoImport } from "./undo-import.ts";

let shared: TestDatabase;
let stage: Stage;
// The killed processes must make the same keys.
const secret = Buffer.alloc(32, 7);
beforeAll(async () => {
  const fresh = await freshDatabase();
  const files = new DurableFiles(fresh.dataDir);
  const db = new Database({
    url: fresh.url,
    secrets: new Secrets([secret]),
    files,
    log: fresh.db.log,
  });
  shared = {
    ...fresh,
    db,
    async close() {
      await db.close();
      await files.close();
      await fresh.close();
    },
  };
});
afterAll(() => shared.close());
beforeEach(async () => {
  stage = await newWorkspace(shared);
});

const rows = Array.from({ length: 400 }, (_, i) =>
  i % 20 === 7 ? "broken\n" : `p${i % 350}@example.org,N${i},${i % 10 === 3 ? "yes" : ""}\n`,
).join("");
const file = `Email,First name,Unsubscribed\n${rows}`;

const result = async (of: Stage) => {
  const rejected = await of.in(
    async (tx) =>
      (
        await sql`
    SELECT row_number, reason FROM import_rejection ORDER BY row_number, reason`.execute(tx)
      ).rows,
  );
  return [await of.contacts(), await of.standing(), rejected];
};

/** What an import of the same file gives that nothing interrupts. */
async function uninterrupted(): Promise<{ state: unknown; counts: unknown }> {
  const other = await newWorkspace(shared);
  const { counts } = await other.importText(file, { batchSize: 30 });
  return { state: await result(other), counts };
}

const work = (importId: string, path: string) => ({
  workspaceId: stage.workspaceId,
  importId,
  path,
  actor: { type: "user" as const, id: stage.userId },
  jobId: null,
  ownerId: null,
  batchSize: 30,
});

describe("an import that is interrupted", () => {
  test("cancelled between batches keeps what it applied, says how much, and goes on when run again", async () => {
    const path = stage.csv(file);
    const stopping = new AbortController();
    let importId = "";
    await expect(
      stage.importText(file, {
        path,
        batchSize: 30,
        signal: stopping.signal,
        onProgress: ({ done }) => done >= 120 && stopping.abort(),
      }),
    ).rejects.toMatchObject({
      code: "job_cancelled",
      message: expect.stringMatching(/after \d+ rows, which stay.*undo/),
    });
    await stage.in(async (tx) => {
      const found = (
        await sql<{
          id: string;
          counts: { read: number };
          checkpoint: { row: number };
          state: string;
        }>`SELECT * FROM import`.execute(tx)
      ).rows[0];
      importId = found?.id ?? "";
      expect(found).toMatchObject({ state: "cancelled" });
      expect(found?.checkpoint.row).toBe(found?.counts.read);
      expect(found?.counts.read).toBeGreaterThanOrEqual(120);
      expect(found?.counts.read).toBeLessThan(400);
      await updateImport(tx, importId, { state: "running" });
    });
    const counts = await runImport(stage.db, work(importId, path));
    const whole = await uninterrupted();
    expect(counts).toEqual(whole.counts);
    expect(await result(stage)).toEqual(whole.state);
  });

  test("cancelled and undone leaves nothing but its stops", async () => {
    const stopping = new AbortController();
    await expect(
      stage.importText(file, {
        batchSize: 30,
        signal: stopping.signal,
        onProgress: ({ done }) => done >= 90 && stopping.abort(),
      }),
    ).rejects.toMatchObject({ code: "job_cancelled" });
    const stops = await stage.standing();
    const importId = await stage.in(
      async (tx) =>
        (await sql<{ id: string }>`SELECT id FROM import`.execute(tx)).rows[0]?.id ?? "",
    );
    await undoImport(stage.db, { ...work(importId, ""), jobId: null });
    expect(await stage.contacts()).toEqual([]);
    expect((await stage.standing()).length).toBe(stops.length);
  });

  test("two processes that run the same import apply no row twice", async () => {
    const path = stage.csv(file);
    const { importId } = await stage.importText("Email\nx@example.org\n", { dryRun: true });
    await stage.in((tx) =>
      sql`
      UPDATE import SET state = 'running', header = '["Email","First name","Unsubscribed"]', mapping = '[{"column":"Email","field":"email"},{"column":"First name","field":"first_name"},{"column":"Unsubscribed","field":"unsubscribed"}]'
      WHERE id = ${importId}`.execute(tx),
    );
    const ran = await Promise.allSettled([
      runImport(stage.db, work(importId, path)),
      runImport(stage.db, work(importId, path)),
    ]);
    for (const each of ran) {
      if (each.status === "rejected")
        expect(each.reason).toMatchObject({ code: "import_taken_over" });
    }
    const found = await stage.in((tx) => findImport(tx, importId));
    if (found?.state !== "finished") await runImport(stage.db, work(importId, path));
    const whole = await uninterrupted();
    expect(await result(stage)).toEqual(whole.state);
    expect((await stage.in((tx) => findImport(tx, importId)))?.counts).toEqual(whole.counts);
  });

  test("killed at any moment ends as if it had not been", { timeout: 120_000 }, async () => {
    const whole = await uninterrupted();
    const path = stage.csv(file);
    const { importId } = await stage.importText(file, { path, dryRun: true });
    await stage.in((tx) => updateImport(tx, importId, { state: "running", mode: "update" }));
    const script = new URL("./resume-child.testing.ts", import.meta.url).pathname;
    for (const after of [5, 60, 20, 120, 1]) {
      const child = spawn(
        process.execPath,
        [
          "--import",
          "tsx",
          script,
          stage.url,
          stage.dataDir,
          secret.toString("hex"),
          JSON.stringify(work(importId, path)),
        ],
        {
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      const ended = once(child, "exit");
      await Promise.race([once(child.stdout, "data"), ended]);
      await new Promise((go) => setTimeout(go, after));
      child.kill("SIGKILL");
      await ended;
    }
    const midway = await stage.in((tx) => findImport(tx, importId));
    if (midway?.state !== "finished") await runImport(stage.db, work(importId, path));
    expect(await result(stage)).toEqual(whole.state);
    expect((await stage.in((tx) => findImport(tx, importId)))?.counts).toEqual(whole.counts);
  });
});
