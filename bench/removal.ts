/**
 * Deleting contacts that have five linked rows each: preview, into the bin, back, and the purge, each
 * beside one plain statement on as many rows of the same table in the same run. Then the contacts
 * page while a deletion runs.
 *
 *   node --import tsx bench/removal.ts [contacts = 20000]
 */
import { sql } from "kysely";
import { newId } from "../src/kernel/ids.ts";
import { findJob } from "../src/kernel/jobs/index.ts";
import { listContacts } from "../src/modules/contacts/index.ts";
import { operator } from "../src/modules/ledger/index.ts";
import {
  confirmDeletion,
  operatorViewer,
  previewDeletion,
  runDeletion,
  runPurge,
  runRestoration,
  startDuePurge,
  startRestoration,
} from "../src/modules/removal/index.ts";
import { fillContacts, openBench } from "./support/database.ts";
import { line, ms, percentile, perSecond, timed } from "./support/measure.ts";

const contacts = Number(process.argv[2] ?? 20_000);
const bench = await openBench();
const { db, workspaceId } = bench;
const by = { userId: null, apiKeyId: null };
// Three sets of the same size: for ours, for the plain UPDATE, for the plain DELETE.
const listId = await fillContacts(bench, contacts * 3);
const { rows: edges } = await db.pool.query<{ id: string }>(
  `SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM contact) c WHERE n IN (${contacts}, ${contacts * 2})`,
);
const [first, second] = edges.map((row) => row.id) as [string, string];
await bench.owner(`
  SET session_replication_role = replica;
  UPDATE workspace SET policy = '{"approval_threshold": 10000000}';
  INSERT INTO note (workspace_id, id, contact_id, text) SELECT workspace_id, new_id(), id, 'rang, calls back' FROM contact;
  INSERT INTO task (workspace_id, id, contact_id, title) SELECT workspace_id, new_id(), id, 'call' FROM contact;
  INSERT INTO conversation (workspace_id, id, contact_id, channel, last_at) SELECT workspace_id, new_id(), id, 'email', now() FROM contact;
  INSERT INTO contact_address (workspace_id, id, contact_id, channel, value, key)
    SELECT workspace_id, new_id(), id, 'sms', '+4477009' || row_number() OVER (), gen_random_uuid() FROM contact`);
for (const table of ["note", "task", "conversation", "contact_address", "contact"])
  await bench.owner(`VACUUM (ANALYZE) ${table}`);
const ours = newId();
await bench.owner(`
  INSERT INTO list (workspace_id, id, name) VALUES ('${workspaceId}', '${ours}', 'Ours');
  SET session_replication_role = replica;
  DELETE FROM list_member WHERE list_id = '${listId}' AND contact_id <= '${first}';
  INSERT INTO list_member (workspace_id, list_id, contact_id) SELECT workspace_id, '${ours}', id FROM contact WHERE id <= '${first}'`);
await bench.owner("VACUUM (ANALYZE) list_member");

const rate = (milliseconds: number) => (contacts / milliseconds) * 1_000;
const compare = (name: string, mine: number, plain: number) =>
  line(
    name,
    `${perSecond(rate(mine))}, plain ${perSecond(rate(plain))}, ratio ${(plain / mine).toFixed(2)}`,
  );
const work = <T>(act: (tx: Parameters<Parameters<typeof db.inWorkspace>[1]>[0]) => Promise<T>) =>
  db.inWorkspace(workspaceId, act);

const plainMark = await timed(() =>
  bench.owner(
    `UPDATE contact SET deletion_id = '${newId()}' WHERE id > '${first}' AND id <= '${second}'`,
  ),
);
const plainUnmark = await timed(() =>
  bench.owner(`UPDATE contact SET deletion_id = NULL WHERE id > '${first}' AND id <= '${second}'`),
);
/** A confirmed deletion of our set, ready to run. */
async function confirmedDeletion(): Promise<{ deletionId: string; jobId: string; ms: number[] }> {
  const act = { viewer: operatorViewer, by, now: new Date() };
  let preview = { token: "", deletion_id: "" };
  let jobId = "";
  const previewed = await timed(async () => {
    preview = await work((tx) =>
      previewDeletion(tx, { ...act, selection: { list_id: ours }, mode: "bin" }),
    );
  });
  const confirm = { token: preview.token, confirm: String(contacts), suppress: true };
  const confirmed = await timed(async () => {
    const answer = await work((tx) => confirmDeletion(tx, { ...act, ...confirm, actor: operator }));
    jobId = answer.job_id as string;
  });
  return { deletionId: preview.deletion_id, jobId, ms: [previewed, confirmed] };
}
const dataDir = "/nowhere";
const once = await confirmedDeletion();
line(`preview of ${contacts.toLocaleString("en")}`, ms(once.ms[0] as number));
line("confirmation, the set compared with the selection", ms(once.ms[1] as number));
compare(
  "into the bin",
  await timed(() => runDeletion(db, { workspaceId, ...once, dataDir })),
  plainMark,
);
const restoration = await work((tx) =>
  startRestoration(tx, {
    deletionId: once.deletionId,
    contactIds: null,
    onConflict: "refuse",
    by,
    actor: operator,
    now: new Date(),
  }),
);
const restored = await timed(async () => {
  const job = await work((tx) => findJob(tx, restoration));
  await runRestoration(db, {}, { workspaceId, job });
});
compare("out of the bin", restored, plainUnmark);

const page = () =>
  timed(() =>
    work((tx) =>
      listContacts(tx, {
        viewer: operatorViewer,
        filter: {},
        sort: "name",
        limit: 50,
        count: false,
      }),
    ),
  );
const atRest: number[] = [];
for (let n = 0; n < 40; n++) atRest.push(await page());
const during: number[] = [];
let running = true;
const again = await confirmedDeletion();
const deleting = runDeletion(db, { workspaceId, ...again, dataDir }).finally(() => {
  running = false;
});
while (running) {
  during.push(await page());
  await new Promise((wake) => setTimeout(wake, 25));
}
await deleting;
line(
  "contacts page, p95",
  `at rest ${ms(percentile(atRest, 95))}, while deleting ${ms(percentile(during, 95))}`,
);

for (const table of ["contact", "note"]) await bench.owner(`VACUUM (ANALYZE) ${table}`);
const plainDelete = await timed(() =>
  bench.owner(`DELETE FROM contact WHERE id > '${first}' AND id <= '${second}'`),
);
const purgeJob = await work((tx) => startDuePurge(tx, again.deletionId));
const purged = await timed(async () => {
  const job = await work((tx) => findJob(tx, purgeJob));
  await runPurge(db, { workspaceId, job });
});
compare("purge", purged, plainDelete);
const { rows: left } = await work((tx) =>
  sql<{
    n: number;
  }>`SELECT count(*) AS n FROM note n WHERE NOT EXISTS (SELECT FROM contact c WHERE c.id = n.contact_id)`.execute(
    tx,
  ),
);
if (left[0]?.n !== 0) throw new Error(`${left[0]?.n} notes outlived their contact`);
await bench.close();
