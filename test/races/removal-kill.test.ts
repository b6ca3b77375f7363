import { afterAll, beforeAll, expect, test } from "vitest";
import { operator } from "../../src/modules/ledger/index.ts";
import { startDuePurge, startRestoration, viewDeletion } from "../../src/modules/removal/index.ts";
import {
  byOperator,
  confirmed,
  everything,
  furnish,
  setRemovalStage,
  workUntilKilled,
} from "./support/removal-stage.ts";
import type { Stage } from "./support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setRemovalStage();
});
afterAll(() => stage.close());

let kills = 0;
const people = 48;

/** Runs a job to its end through as many deaths as it takes. */
async function throughDeaths(jobId: string): Promise<void> {
  for (;;) {
    const death = { after: Math.floor(Math.random() * 60), sent: Math.random() < 0.5 };
    if (await workUntilKilled(stage, jobId, death)) return;
    kills++;
  }
}

const inWorkspace: typeof stage.db.inWorkspace<string[]> = (id, act) =>
  stage.db.inWorkspace(id, act);
const snapshot = () => inWorkspace(stage.workspaceId, everything);
const deletion = (id: string) =>
  stage.db.inWorkspace(stage.workspaceId, (tx) => viewDeletion(tx, id));
const restoration = (deletionId: string) =>
  stage.db.inWorkspace(stage.workspaceId, (tx) =>
    startRestoration(tx, {
      deletionId,
      contactIds: null,
      onConflict: "refuse",
      by: byOperator,
      actor: operator,
      now: new Date(),
    }),
  );

test("200 deaths at any statement of deletion, restoration, clearing and purge lose nothing and do nothing twice", {
  timeout: 180_000,
}, async () => {
  while (kills < 200) {
    const { listId, ids } = await furnish(stage, people);
    const before = await snapshot();

    const cleared = await confirmed(stage, listId, "clear");
    await throughDeaths(cleared.jobId);
    expect(await deletion(cleared.deletionId)).toMatchObject({
      state: "done",
      removed: people,
      skipped: 0,
    });
    expect(await snapshot()).toHaveLength(before.length - people);
    await throughDeaths(await restoration(cleared.deletionId));
    expect(await snapshot()).toEqual(before);

    const first = await confirmed(stage, listId);
    await throughDeaths(first.jobId);
    expect(await deletion(first.deletionId)).toMatchObject({
      state: "done",
      removed: people,
      skipped: 0,
      in_bin: people,
    });
    await throughDeaths(await restoration(first.deletionId));
    expect(await snapshot()).toEqual(before);

    const second = await confirmed(stage, listId);
    await throughDeaths(second.jobId);
    const purge = await stage.db.inWorkspace(stage.workspaceId, (tx) =>
      startDuePurge(tx, second.deletionId),
    );
    await throughDeaths(purge);
    expect(await deletion(second.deletionId)).toMatchObject({ state: "purged", in_bin: 0 });
    const left = (await snapshot()).filter((row) => ids.some((id) => row.includes(id)));
    // Follow-ups outlive the contact under its bare id; figures count them.
    expect(left.filter((row) => !row.startsWith("follow_up"))).toEqual([]);
    expect(left).toHaveLength(people);
  }
  console.log(`${kills} deaths`);
});
