/**
 * A stop under full sending load: how long until its commit and journal (without
 * the wait for claimed messages), and how long a message stays in flight.
 *
 *   node --import tsx bench/stops.ts [messages = 20000] [stops = 500]
 */
import { sql } from "kysely";
import { newId } from "../src/kernel/ids.ts";
import { composer } from "../src/modules/campaigns/index.ts";
import { makeStop } from "../src/modules/consent/index.ts";
import { operator } from "../src/modules/ledger/index.ts";
import { startSender } from "../src/modules/sending/index.ts";
import { createSmtpTransport } from "../src/providers/smtp/transport.ts";
import { startServerProcess } from "../test/servers/server-process.ts";
import { queueForEverybody } from "./support/campaign.ts";
import { fillContacts, openBench } from "./support/database.ts";
import { line, ms, percentile, perSecond } from "./support/measure.ts";

const messages = Number(process.argv[2] ?? 20_000);
const stops = Number(process.argv[3] ?? 500);
const connections = 10;

const bench = await openBench();
const server = await startServerProcess({ keep: false });
const listId = await fillContacts(bench, messages);
const accountId = newId();
await bench.db.inWorkspace(bench.workspaceId, (tx) =>
  sql`
    INSERT INTO sending_account (workspace_id, id, name, provider, from_address, host, port, security, connections)
    VALUES (${tx.workspaceId}, ${accountId}, 'bench', 'smtp', 'ada@sender.example', '127.0.0.1', ${server.port}, 'none', ${connections})`.execute(
    tx,
  ),
);
const campaignId = await queueForEverybody(bench, { accountId, listId, name: "Stops" });
const targets = await bench.db.inWorkspace(bench.workspaceId, (tx) =>
  sql<{ id: string }>`SELECT id FROM contact ORDER BY id LIMIT ${messages}`.execute(tx),
);

const committed: number[] = [];
const acknowledged: number[] = [];
const begun = process.hrtime.bigint();
const sender = startSender({
  db: bench.db,
  workerId: newId(),
  composer,
  openTransport: (each) =>
    createSmtpTransport({
      host: "127.0.0.1",
      port: server.port,
      tls: "none",
      connections: each.connections,
    }),
  publicUrl: "https://heed.example",
});
for (let n = 0; n < stops; n++) {
  const contactId = targets.rows[Math.floor((n / stops) * messages)]?.id as string;
  const before = process.hrtime.bigint();
  const since = () => Number(process.hrtime.bigint() - before) / 1e6;
  await bench.db.inWorkspace(bench.workspaceId, async (tx) => {
    // Registered first, so it runs right after the commit, before journal and wait.
    tx.afterCommit(async () => void committed.push(since()));
    await makeStop(tx, {
      kind: "deactivation",
      subject: { contactId },
      cause: "user",
      actor: operator,
    });
  });
  acknowledged.push(since());
  await new Promise((wake) => setTimeout(wake, 5));
}
await sender.stop();
const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
const { rows } = await bench.db.inWorkspace(bench.workspaceId, (tx) =>
  sql<{ sent: number; window: number[] }>`
    SELECT count(*) AS sent, array_agg(extract(epoch FROM finished_at - claimed_at)::float8 * 1000) AS window
    FROM message WHERE campaign_id = ${campaignId} AND state = 'accepted'`.execute(tx),
);
const window = rows[0]?.window ?? [];
line("sending meanwhile", perSecond((rows[0]?.sent ?? 0) / seconds));
line(
  "stop committed",
  `p50 ${ms(percentile(committed, 50))}, p99 ${ms(percentile(committed, 99))}`,
);
line(
  "stop acknowledged: journalled, claimed messages waited for",
  `p50 ${ms(percentile(acknowledged, 50))}, p99 ${ms(percentile(acknowledged, 99))}`,
);
line(
  "in flight, claim to record",
  `p50 ${ms(percentile(window, 50))}, p99 ${ms(percentile(window, 99))}`,
);
await server.close();
await bench.close();
