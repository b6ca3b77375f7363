/**
 * The contacts page at the API: first page, search by part of a name, filter,
 * deep cursor; p50 and p95 of many requests over HTTP.
 *
 *   node --import tsx bench/contacts-page.ts [contacts = 1000000] [requests = 200]
 */

import { createHash } from "node:crypto";
import { sql } from "kysely";
import { buildWeb } from "../src/app/web.ts";
import { readConfig } from "../src/kernel/config.ts";
import { newId } from "../src/kernel/ids.ts";
import { createUser } from "../src/modules/access/index.ts";
import { Reader } from "../src/modules/inbound/index.ts";
import { fillContacts, indexForSearch, openBench } from "./support/database.ts";
import { line, ms, percentile, timed } from "./support/measure.ts";

const contacts = Number(process.argv[2] ?? 1_000_000);
const requests = Number(process.argv[3] ?? 200);

const bench = await openBench();
await fillContacts(bench, contacts);
await indexForSearch(bench);
const key = "heed_bench_key_0123456789abcdef";
await bench.db.inWorkspace(bench.workspaceId, async (tx) => {
  const user = await createUser(tx, {
    email: "bench@heed.example",
    name: "Bench",
    role: { name: "Administrator" },
    by: null,
  });
  await sql`INSERT INTO api_key (workspace_id, id, user_id, name, prefix, key_hash)
    VALUES (${tx.workspaceId}, ${newId()}, ${user.id}, 'bench', 'heed_bench', ${createHash("sha256").update(key).digest()})`.execute(
    tx,
  );
});
const server = await buildWeb({
  db: bench.db,
  log: bench.db.log,
  config: readConfig({}),
  resolver: null,
  reader: new Reader(),
  close: async () => {},
});
const base = await server.listen({ port: 0, host: "127.0.0.1" });

async function ask(
  path: string,
): Promise<{ items: { last_name: string }[]; next_cursor: string | null }> {
  const response = await fetch(`${base}/api/v1${path}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (response.status !== 200)
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as never;
}

// A cursor 5,000 rows deep costs what the first page costs, if paging is by key.
let deep = "";
for (let page = 0; page < 25; page++) {
  const { next_cursor } = await ask(
    `/contacts?limit=200&sort=name${deep ? `&cursor=${deep}` : ""}`,
  );
  deep = next_cursor ?? deep;
}
const cases: Record<string, (n: number) => string> = {
  "first page": () => "/contacts?limit=50",
  "first page by name": () => "/contacts?limit=50&sort=name",
  "search, part of a common name": (n) =>
    `/contacts?limit=50&q=${["herm", "lisk", "gar", "imm", "opp"][n % 5]}`,
  "search, part of a rare name": (n) => `/contacts?limit=50&q=byron${n % 997}`,
  "search, part of an address": (n) => `/contacts?limit=50&q=${100_000 + n * 37}@example`,
  "search, no match": (n) => `/contacts?limit=50&q=zzqx${n}`,
  "filter by company": (n) =>
    `/contacts?limit=50&company=${["northwind", "contoso", "fabrikam", "acme"][n % 4]} ${(n % 4) + 16 * n}`,
  "deep cursor by name": () => `/contacts?limit=50&sort=name&cursor=${deep}`,
};
for (const [name, path] of Object.entries(cases)) {
  const times: number[] = [];
  for (let n = 0; n < requests; n++) times.push(await timed(() => ask(path(n))));
  line(name, `p50 ${ms(percentile(times, 50))}, p95 ${ms(percentile(times, 95))}`);
}
await server.close();
await bench.close();
