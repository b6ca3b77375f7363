import { once } from "node:events";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Caller } from "../../src/kernel/http/index.ts";
import { newId } from "../../src/kernel/ids.ts";
import { findJob, requestCancellation, runJobs } from "../../src/kernel/jobs/index.ts";
import { createWorkspace } from "../../src/modules/access/index.ts";
import { bulkStop } from "../../src/modules/consent/index.ts";
import { contactsJobs, queueOnContacts } from "../../src/modules/contacts/index.ts";
import { eventually } from "../support/heed.ts";
import { bulkKinds } from "./support/bulk-process.ts";
import { forkProgram } from "./support/processes.ts";
import { type Stage, setStage } from "./support/stage.ts";

const params = { channel: null, campaign_id: null, topic_id: null, because: "" };
const count = 600;
let stage: Stage;
let caller: Caller;
let roleId: string;
let contactIds: string[];

beforeAll(async () => {
  stage = await setStage({ smtpPort: 1 });
});
afterAll(() => stage.close());

const act = <T>(work: Parameters<typeof stage.db.inWorkspace<T>>[1]) =>
  stage.db.inWorkspace(caller.workspaceId, work);
const jobOf = (jobId: string) => act((tx) => findJob(tx, jobId));
const run = async (jobId: string, kinds = bulkKinds) => {
  const job = await jobOf(jobId);
  await kinds[job.kind]?.run({ db: stage.db, workspaceId: caller.workspaceId, job });
};

/** A workspace of its own with so many contacts, and somebody who may stop them. */
beforeEach(async () => {
  const { workspaceId } = await createWorkspace(stage.db, { name: newId(), timeZone: "UTC" });
  const userId = newId();
  contactIds = Array.from({ length: count }, () => newId());
  await stage.db.inWorkspace(workspaceId, async (tx) => {
    roleId = newId();
    await sql`INSERT INTO role (workspace_id, id, name, permissions)
      VALUES (${workspaceId}, ${roleId}, 'Stopper', ARRAY['contacts.view', 'contacts.reactivate'])`.execute(
      tx,
    );
    await sql`INSERT INTO app_user (workspace_id, id, role_id, email, name)
      VALUES (${workspaceId}, ${userId}, ${roleId}, 'stopper@heed.example', 'Stopper')`.execute(tx);
    await sql`INSERT INTO contact (workspace_id, id)
      SELECT ${workspaceId}, unnest(${contactIds}::uuid[])`.execute(tx);
  });
  caller = {
    workspaceId,
    userId,
    apiKeyId: null,
    name: "Stopper",
    roleName: "Stopper",
    permissions: new Set(["contacts.view", "contacts.reactivate"]),
    ownOnly: false,
  };
});

const ask = () =>
  act((tx) =>
    queueOnContacts(tx, bulkStop("deactivation"), {
      selection: { filter: {} },
      params,
      caller,
    }),
  );

/** Stops, ledger entries, item results and the contacts that stand stopped. */
const outcome = () =>
  act(async (tx) => {
    const { rows } = await sql<Record<string, number>>`SELECT
      (SELECT count(*) FROM stop) AS stops, (SELECT count(*) FROM standing_stop) AS standing,
      (SELECT count(DISTINCT subject) FROM standing_stop) AS contacts,
      (SELECT count(*) FROM ledger_entry WHERE act = 'stop.made') AS entries,
      (SELECT count(*) FROM job_item WHERE outcome = 'done') AS done,
      (SELECT count(*) FROM job_item) AS items`.execute(tx);
    return rows[0];
  });
const whole = {
  stops: count,
  standing: count,
  contacts: count,
  entries: count,
  done: count,
  items: count,
};

test("a bulk job killed again and again does each item once, and what it had done stays done (J1)", async () => {
  const jobId = await ask();
  let kills = 0;
  for (let finished = false; !finished; ) {
    const child = forkProgram("bulk-process", {
      installation: stage.installation,
      workspaceId: caller.workspaceId,
      jobId,
    });
    const exit = once(child, "exit");
    await Promise.race([once(child, "message"), exit]);
    const before = await outcome();
    // Later and later within its work, so that it is killed at the beginning, in the middle and not at all.
    const timer = setTimeout(() => child.kill("SIGKILL"), 30 + kills * 50);
    const [code] = await exit;
    clearTimeout(timer);
    finished = code === 0;
    if (!finished) kills += 1;
    const after = await outcome();
    expect(after?.done).toBeGreaterThanOrEqual(before?.done as number);
    expect(after?.stops).toBe(after?.done);
    expect((await jobOf(jobId)).done).toBe(after?.done);
  }
  expect(kills).toBeGreaterThan(3);
  expect(await outcome()).toEqual(whole);
  expect(await jobOf(jobId)).toMatchObject({ done: count, counts: { stopped: count } });
}, 240_000);

test("two processes that hold the same job share its batches and repeat none", async () => {
  const jobId = await ask();
  await Promise.all([run(jobId), run(jobId), run(jobId)]);
  expect(await outcome()).toEqual(whole);
  expect(await jobOf(jobId)).toMatchObject({ done: count, counts: { stopped: count } });
});

test("a job goes through what was there when it began, whoever comes or goes meanwhile", async () => {
  const jobId = await ask();
  let batches = 0;
  const kinds = contactsJobs({
    ...bulkStop("deactivation"),
    batchSize: 100,
    async act(tx, batch) {
      if (batches++ === 1) {
        await stage.db.inWorkspace(caller.workspaceId, async (other) => {
          await sql`INSERT INTO contact (workspace_id, id) VALUES (${caller.workspaceId}, ${newId()})`.execute(
            other,
          );
          await sql`UPDATE contact SET deletion_id = ${newId()} WHERE id = ${contactIds.at(-1)}`.execute(
            other,
          );
        });
      }
      return bulkStop("deactivation").act(tx, batch);
    },
  });
  await run(jobId, kinds);
  expect(await jobOf(jobId)).toMatchObject({
    total: count,
    done: count,
    counts: { stopped: count - 1, not_found: 1 },
  });
});

/** Works the queue as a worker process does, with a hook at the beginning of a batch. */
async function work(jobId: string, atBatch: (n: number) => Promise<void>) {
  let batches = 0;
  const kinds = contactsJobs({
    ...bulkStop("deactivation"),
    batchSize: 100,
    async act(tx, batch) {
      const result = await bulkStop("deactivation").act(tx, batch);
      await atBatch(++batches);
      return result;
    },
  });
  const runner = await runJobs({ db: stage.db, processId: newId(), kinds });
  const ended = await eventually(async () => {
    const job = await jobOf(jobId);
    return job.finished_at ? job : null;
  });
  await runner.stop();
  return ended;
}

test("a permission taken away in mid-job waits for the batch and halts the job there, which says what was done (D3)", async () => {
  const jobId = await ask();
  let revoked: Promise<unknown> | null = null;
  let committedAt: number | null = null;
  const job = await work(jobId, async (n) => {
    if (n !== 2) return;
    revoked = act((tx) =>
      sql`UPDATE role SET permissions = '{}' WHERE id = ${roleId}`.execute(tx),
    ).then(() => {
      committedAt = Date.now();
    });
    await new Promise((wake) => setTimeout(wake, 200));
    // The batch holds the role: nobody acts after losing the permission.
    expect(committedAt).toBeNull();
  });
  await revoked;
  expect(job).toMatchObject({
    state: "failed",
    done: 200,
    error: {
      code: "permission_revoked",
      message: expect.stringMatching(/contacts\.view was taken away\. 200 of 600 were done/),
    },
  });
  expect((await outcome())?.stops).toBe(200);
});

test("whoever is given another role, or disabled, acts no further either", async () => {
  const jobId = await ask();
  const job = await work(jobId, async (n) => {
    if (n !== 3) return;
    void act(async (tx) => {
      await sql`UPDATE app_user SET disabled_at = now() WHERE id = ${caller.userId}`.execute(tx);
    });
    await new Promise((wake) => setTimeout(wake, 100));
  });
  expect(job).toMatchObject({ state: "failed", done: 300, error: { code: "permission_revoked" } });
});

test("a cancelled job ends at an item boundary: what it did stands whole, the rest is untouched", async () => {
  const jobId = await ask();
  const job = await work(jobId, async (n) => {
    // Asked for in mid-batch, and not held up by it.
    if (n === 3) await act((tx) => requestCancellation(tx, jobId));
  });
  expect(job).toMatchObject({ state: "cancelled", error: null });
  const after = await outcome();
  expect(after).toMatchObject({ stops: job.done, done: job.done, items: job.done });
  expect(job.done % 100).toBe(0);
  expect([200, 300]).toContain(job.done);
});
