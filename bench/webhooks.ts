/**
 * Provider events accepted durably: signed webhooks over HTTP, each answered after its
 * commit; and how fast the stored events take effect.
 *
 *   node --import tsx bench/webhooks.ts [webhooks = 8000] [connections = 64]
 */
import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { hookReaders } from "../src/app/hooks.ts";
import { buildServer } from "../src/kernel/http/index.ts";
import { newId } from "../src/kernel/ids.ts";
import { applyPending, hookRoutes } from "../src/modules/inbound/index.ts";
import { openBench } from "./support/database.ts";
import { line, ms, percentile, perSecond } from "./support/measure.ts";

const webhooks = Number(process.argv[2] ?? 8_000);
const connections = Number(process.argv[3] ?? 64);
const secret = "bench";

const bench = await openBench();
await bench.db.inWorkspace(bench.workspaceId, (tx) =>
  sql`
    INSERT INTO sending_account (workspace_id, id, name, provider, from_address, hook_key, hook_secret_sealed)
    VALUES (${tx.workspaceId}, ${newId()}, 'bench', 'http', 'ada@sender.example', 'bench-key', ${tx.secrets.seal(secret)})`.execute(
    tx,
  ),
);
const server = await buildServer({
  db: bench.db,
  log: bench.db.log,
  routes: hookRoutes({ readers: hookReaders, publicUrl: () => "http://localhost" }),
  authenticate: async () => null,
  refusal: async () => new Error() as never,
  secure: false,
});
await server.listen({ port: 0, host: "127.0.0.1" });
const { port } = server.server.address() as AddressInfo;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

function post(n: number, size: number): Promise<number> {
  const events = Array.from({ length: size }, (_, i) => ({
    id: randomUUID(),
    kind: (n + i) % 50 === 0 ? "bounced" : "delivered",
    bounce: "soft",
    address: `person${n * size + i}@example.org`,
  }));
  const body = JSON.stringify({ events });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
  return new Promise((resolve, reject) => {
    const call = request(
      {
        agent,
        port,
        host: "127.0.0.1",
        method: "POST",
        path: "/hooks/http/bench-key",
        headers: { "x-heed-timestamp": timestamp, "x-heed-signature": signature },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

const count = (where = "true") =>
  bench.db.inWorkspace(bench.workspaceId, async (tx) => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM provider_event WHERE ${sql.raw(where)}`.execute(tx);
    return rows[0]?.count ?? 0;
  });

/** One event a webhook is the worst case; SendGrid and others send many at once. */
async function measure(size: number): Promise<void> {
  const before = await count();
  const took: number[] = [];
  const begun = performance.now();
  const many = webhooks / size;
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < many) {
        const asked = performance.now();
        const status = await post(next++, size);
        if (status !== 200) throw new Error(`answered ${status}`);
        took.push(performance.now() - asked);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  const added = (await count()) - before;
  if (added !== many * size) throw new Error(`${many * size - added} answered events are missing`);
  const what = size === 1 ? "events alone" : `events, ${size} a webhook`;
  line(`${what}: answered after their commit`, perSecond(added / seconds));
  line("  answered after", `p50 ${ms(percentile(took, 50))}, p99 ${ms(percentile(took, 99))}`);
  while ((await count("applied_at IS NULL")) > 0) await applyPending(bench.db, bench.workspaceId);
  line("  in effect", perSecond((added * 1000) / (performance.now() - begun)));
}

await measure(1);
await measure(20);
agent.destroy();
await server.close();
await bench.close();
