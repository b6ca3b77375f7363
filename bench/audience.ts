/**
 * How long it takes to say who of a list can be written to, against a bare
 * count(*) over the same joins in the same run.
 *
 *   node --import tsx bench/audience.ts [contacts = 1000000] [stops = 200000]
 */
import { sql } from "kysely";
import { newId } from "../src/kernel/ids.ts";
import { countAudience } from "../src/modules/campaigns/audience-queries.ts";
import { fillContacts, openBench } from "./support/database.ts";
import { line, median, ms, timed } from "./support/measure.ts";

const contacts = Number(process.argv[2] ?? 1_000_000);
const stops = Number(process.argv[3] ?? contacts / 5);
const rounds = 7;

const bench = await openBench();
const listId = await fillContacts(bench, contacts);
// Half bound to contacts (deactivations), half to addresses (unsubscribes), and one stopped domain.
await bench.owner(`
  INSERT INTO standing_stop (workspace_id, stop_id, subject, subject_type, kind, cause, channel, made_at)
  SELECT workspace_id, gen_random_uuid(), CASE WHEN (n / ${Math.round(contacts / stops)}) % 2 = 0 THEN id ELSE email_key END, CASE WHEN (n / ${Math.round(contacts / stops)}) % 2 = 0 THEN 'contact' ELSE 'address' END,
         CASE WHEN (n / ${Math.round(contacts / stops)}) % 2 = 0 THEN 'deactivation' ELSE 'unsubscribe' END, 'user', CASE WHEN (n / ${Math.round(contacts / stops)}) % 2 = 0 THEN NULL ELSE 'email' END, now()
  FROM (SELECT *, row_number() OVER () AS n FROM contact) c WHERE n % ${Math.round(contacts / stops)} = 0
  LIMIT ${stops - 1}`);
await bench.owner(`
  INSERT INTO standing_stop (workspace_id, stop_id, subject, subject_type, kind, cause, channel, made_at)
  VALUES ('${bench.workspaceId}', gen_random_uuid(), md5('d1')::uuid, 'domain', 'suppression', 'manual', 'email', now())`);
await bench.owner("VACUUM (ANALYZE) standing_stop");

const bare: number[] = [];
const decided: number[] = [];
let answer: Awaited<ReturnType<typeof countAudience>> | undefined;
for (let round = 0; round < rounds; round++) {
  bare.push(
    await timed(() =>
      bench.db.inWorkspace(bench.workspaceId, (tx) =>
        sql`
          SELECT count(*) FROM list_member m
          JOIN contact c ON c.workspace_id = m.workspace_id AND c.id = m.contact_id
          LEFT JOIN standing_stop s ON s.workspace_id = c.workspace_id AND s.subject = c.id
          LEFT JOIN standing_stop k ON k.workspace_id = c.workspace_id AND k.subject = c.email_key
          LEFT JOIN standing_stop d ON d.workspace_id = c.workspace_id AND d.subject = c.email_domain_key
          WHERE m.list_id = ${listId}`.execute(tx),
      ),
    ),
  );
  decided.push(
    await timed(() =>
      bench.db.inWorkspace(bench.workspaceId, async (tx) => {
        answer = await countAudience(tx, {
          id: newId(),
          listIds: [listId],
          channel: "email",
          topicId: null,
          ownerId: null,
        });
      }),
    ),
  );
}
const { count } = (
  await bench.db.inWorkspace(bench.workspaceId, (tx) =>
    sql<{ count: number }>`SELECT count(*) AS count FROM standing_stop`.execute(tx),
  )
).rows[0] ?? { count: 0 };

line("contacts, standing stops", `${contacts.toLocaleString("en")}, ${count.toLocaleString("en")}`);
line("eligible of total", `${answer?.eligible} of ${answer?.total}`);
line("bare count(*) over the same joins, median", ms(median(bare)));
line(
  "whole answer by reason, median (max)",
  `${ms(median(decided))} (${ms(Math.max(...decided))})`,
);
line("ratio to the bare count (at most 3)", (median(decided) / median(bare)).toFixed(2));
await bench.close();
