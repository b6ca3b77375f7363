import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../src/kernel/ids.ts";
import { findJob, requestCancellation } from "../../src/kernel/jobs/index.ts";
import { createContact } from "../../src/modules/contacts/index.ts";
import { operator, system } from "../../src/modules/ledger/index.ts";
import {
  restoreOne,
  runDeletion,
  startDuePurge,
  startRestoration,
  viewDeletion,
} from "../../src/modules/removal/index.ts";
import { byOperator, confirmed, furnish, setRemovalStage, work } from "./support/removal-stage.ts";
import { type Stage, viewer } from "./support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setRemovalStage();
});
afterAll(() => stage.close());

const inBinOrLive = async (ids: readonly string[]) => {
  const { rows } = await stage.db.pool.query<{ live: number; bin: number }>(
    "SELECT count(*) FILTER (WHERE deletion_id IS NULL) AS live, count(*) FILTER (WHERE deletion_id IS NOT NULL) AS bin FROM contact WHERE id = ANY($1)",
    [ids],
  );
  return { live: Number(rows[0]?.live), bin: Number(rows[0]?.bin) };
};
const restoration = (deletionId: string): Promise<string> =>
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

test("a permission taken away in mid-job stops it at the next batch, and says what was done", async () => {
  const { listId, ids } = await furnish(stage, 30);
  const [roleId, userId] = [newId(), newId()];
  await stage.db.inWorkspace(stage.workspaceId, async (tx) => {
    await sql`INSERT INTO role (workspace_id, id, name, permissions) VALUES (${tx.workspaceId}, ${roleId}, 'Deleter', '{contacts.delete}')`.execute(
      tx,
    );
    await sql`INSERT INTO app_user (workspace_id, id, role_id, email, name) VALUES (${tx.workspaceId}, ${userId}, ${roleId}, 'd@users.example', 'D')`.execute(
      tx,
    );
  });
  const { deletionId, jobId } = await confirmed(stage, listId, "bin", { userId, apiKeyId: null });
  let batches = 0;
  let revoked: Promise<unknown> = Promise.resolve();
  const run = runDeletion(stage.db, {
    workspaceId: stage.workspaceId,
    deletionId,
    jobId,
    dataDir: "/nowhere",
    batchSize: 6,
    onBatch: () => {
      if (++batches === 2) {
        revoked = stage.db.pool.query("UPDATE role SET permissions = '{}' WHERE id = $1", [roleId]);
      }
    },
  });
  await expect(run).rejects.toMatchObject({
    code: "permission_revoked",
    message: expect.stringMatching(/\d+ of 30 contacts were done, the other \d+ were not/),
  });
  await revoked;
  const deletion = await stage.db.inWorkspace(stage.workspaceId, (tx) =>
    viewDeletion(tx, deletionId),
  );
  expect(deletion.state).toBe("halted");
  expect(deletion.removed).toBeGreaterThanOrEqual(12);
  expect(deletion.removed).toBeLessThan(30);
  expect(await inBinOrLive(ids)).toEqual({ live: 30 - deletion.removed, bin: deletion.removed });
  // What went can be brought back.
  await work(stage.db, stage.workspaceId, await restoration(deletionId));
  expect(await inBinOrLive(ids)).toEqual({ live: 30, bin: 0 });
});

test("a cancelled job stops between two contacts and what went can be restored", async () => {
  const { listId, ids } = await furnish(stage, 30);
  const { deletionId, jobId } = await confirmed(stage, listId);
  let cancelled: Promise<unknown> = Promise.resolve();
  const run = runDeletion(stage.db, {
    workspaceId: stage.workspaceId,
    deletionId,
    jobId,
    dataDir: "/nowhere",
    batchSize: 5,
    onBatch: () => {
      cancelled = stage.db.inWorkspace(stage.workspaceId, (tx) => requestCancellation(tx, jobId));
    },
  });
  await expect(run).rejects.toMatchObject({ code: "job_cancelled" });
  await cancelled;
  const { done } = await stage.db.inWorkspace(stage.workspaceId, (tx) => findJob(tx, jobId));
  const deletion = await stage.db.inWorkspace(stage.workspaceId, (tx) =>
    viewDeletion(tx, deletionId),
  );
  expect(deletion).toMatchObject({ state: "cancelled", removed: done });
  expect(await inBinOrLive(ids)).toEqual({ live: 30 - done, bin: done });
});

test("of deletions, restorations and purges at once each contact ends in exactly one place", {
  timeout: 120_000,
}, async () => {
  for (let round = 0; round < 8; round++) {
    const { listId, ids } = await furnish(stage, 36);
    const first = await confirmed(stage, listId);
    const rival = await confirmed(stage, listId);
    await Promise.all([
      work(stage.db, stage.workspaceId, first.jobId),
      work(stage.db, stage.workspaceId, rival.jobId),
    ]);
    const states = await Promise.all(
      [first, rival].map((each) =>
        stage.db.inWorkspace(stage.workspaceId, (tx) => viewDeletion(tx, each.deletionId)),
      ),
    );
    // Each contact went with one of the two, and the other skipped it.
    expect((states[0]?.removed ?? 0) + (states[1]?.removed ?? 0)).toBe(36);
    expect((states[0]?.in_bin ?? 0) + (states[1]?.in_bin ?? 0)).toBe(36);
    const jobs = await Promise.all(
      [first, rival].flatMap((each) => [
        restoration(each.deletionId),
        stage.db.inWorkspace(stage.workspaceId, (tx) => startDuePurge(tx, each.deletionId)),
      ]),
    );
    await Promise.all(jobs.map((job) => work(stage.db, stage.workspaceId, job)));
    const { live, bin } = await inBinOrLive(ids);
    const counts = await Promise.all(
      jobs.map(
        async (job) =>
          (await stage.db.inWorkspace(stage.workspaceId, (tx) => findJob(tx, job))).counts,
      ),
    );
    const total = (name: string) => counts.reduce((sum, each) => sum + (each[name] ?? 0), 0);
    expect(bin).toBe(0);
    expect(live).toBe(total("restored"));
    expect(live + total("purged")).toBe(36);
    const { rows } = await stage.db.pool.query(
      "SELECT (SELECT count(*) FROM note WHERE contact_id = ANY($1)) AS notes, (SELECT count(*) FROM list_member WHERE contact_id = ANY($1)) AS members",
      [ids],
    );
    expect([Number(rows[0].notes), Number(rows[0].members)]).toEqual([live, live]);
  }
});

test("of a restoration and a creation with the same address exactly one succeeds", async () => {
  for (let round = 0; round < 25; round++) {
    const email = `twin${round}@race.example`;
    const create = () =>
      stage.db.inWorkspace(stage.workspaceId, (tx) =>
        createContact(tx, {
          contact: { addresses: [{ channel: "email", value: email }] },
          viewer,
          actor: system,
        }),
      );
    const contact = await create();
    const listId = newId();
    await stage.db.inWorkspace(stage.workspaceId, async (tx) => {
      await sql`INSERT INTO list (workspace_id, id, name) VALUES (${tx.workspaceId}, ${listId}, ${listId})`.execute(
        tx,
      );
      await sql`INSERT INTO list_member (workspace_id, list_id, contact_id) VALUES (${tx.workspaceId}, ${listId}, ${contact.id})`.execute(
        tx,
      );
    });
    await work(stage.db, stage.workspaceId, (await confirmed(stage, listId)).jobId);
    const both = await Promise.allSettled([
      create(),
      restoreOne(
        stage.db,
        {},
        {
          workspaceId: stage.workspaceId,
          contactId: contact.id,
          onConflict: "refuse",
          by: byOperator,
          now: new Date(),
        },
      ),
    ]);
    const failed = both.filter((each) => each.status === "rejected");
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ reason: { code: "address_taken" } });
  }
});
