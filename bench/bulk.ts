/**
 * Stopping and editing many contacts as jobs: contacts a second, beside one plain UPDATE of the
 * same rows in the same run.
 *
 *   node --import tsx bench/bulk.ts [contacts = 100000]
 */
import { sql } from "kysely";
import { findJob } from "../src/kernel/jobs/index.ts";
import { bulkStop, consentJobs } from "../src/modules/consent/index.ts";
import { bulkEdit, contactJobs, queueOnContacts } from "../src/modules/contacts/index.ts";
import { fillContacts, openBench } from "./support/database.ts";
import { line, perSecond, timed } from "./support/measure.ts";

const contacts = Number(process.argv[2] ?? 100_000);
const bench = await openBench();
const { db, workspaceId } = bench;
await fillContacts(bench, contacts);
const kinds = { ...contactJobs, ...consentJobs };
const selection = { filter: {} };

/** Works a job off, and answers its contacts a second. */
async function work(name: string, jobId: string): Promise<number> {
  const job = await db.inWorkspace(workspaceId, (tx) => findJob(tx, jobId));
  const took = await timed(async () => kinds[job.kind]?.run({ db, workspaceId, job }));
  const done = await db.inWorkspace(workspaceId, (tx) => findJob(tx, jobId));
  if (done.done !== contacts) throw new Error(`${name}: ${done.done} of ${contacts}`);
  const rate = (contacts * 1000) / took;
  line(name, perSecond(rate));
  return rate;
}

const plain = await timed(() =>
  db.inWorkspace(workspaceId, (tx) =>
    sql`UPDATE contact SET job_title = 'Engineer', updated_at = now()`.execute(tx),
  ),
);
line("one plain UPDATE of the rows", perSecond((contacts * 1000) / plain));
const edits = await db.inWorkspace(workspaceId, (tx) =>
  queueOnContacts(tx, bulkEdit, {
    selection,
    params: {
      changes: { company: "Engines", attributes: { tier: "gold" } },
      at: new Date().toISOString(),
    },
    caller: null,
  }),
);
const edited = await work("bulk edit, with what undoing needs", edits);
line("bulk edit / plain UPDATE", ((edited * plain) / (contacts * 1000)).toFixed(2));
const stops = await db.inWorkspace(workspaceId, (tx) =>
  queueOnContacts(tx, bulkStop("deactivation"), {
    selection,
    params: { channel: null, campaign_id: null, topic_id: null, because: "bench" },
    caller: null,
  }),
);
await work("bulk stop: fences, stops, ledger, journal", stops);
await bench.close();
