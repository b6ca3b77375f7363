import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reactions } from "../../src/app/reactions.ts";
import { Database } from "../../src/kernel/database/index.ts";
import { DurableFiles } from "../../src/kernel/durable-files.ts";
import { newId } from "../../src/kernel/ids.ts";
import { createLog } from "../../src/kernel/log.ts";
import { Secrets } from "../../src/kernel/secrets.ts";
import { createWorkspace } from "../../src/modules/access/index.ts";
import { createSink } from "../../src/modules/sending/index.ts";
import {
  makeTemplate,
  run,
  startTestServer,
  templateName,
  urlOf,
} from "../../test/support/server.ts";

export interface BenchDatabase {
  db: Database;
  url: string;
  workspaceId: string;
  /** Runs a statement as the server's owner, outside any workspace: filling and analysing. */
  owner(statement: string): Promise<void>;
  close(): Promise<void>;
}

/** A server of its own (the embedded PostgreSQL, or HEED_TEST_SERVER) with one empty workspace. */
export async function openBench(options: { poolSize?: number } = {}): Promise<BenchDatabase> {
  const server = await startTestServer();
  await makeTemplate(server.url);
  const name = `bench_${randomBytes(4).toString("hex")}`;
  await run(server.url, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  const dataDir = mkdtempSync(join(tmpdir(), "heed-bench-"));
  const files = new DurableFiles(dataDir);
  const url = urlOf(server.url, name);
  const db = new Database({
    url,
    poolSize: options.poolSize ?? 20,
    secrets: new Secrets([randomBytes(32)]),
    files,
    log: createLog("error"),
    reactions,
  });
  const { workspaceId } = await createWorkspace(db, {
    name: "Bench",
    timeZone: "UTC",
    furnish: async (tx) => void (await createSink(tx)),
  });
  return {
    db,
    url,
    workspaceId,
    owner: (statement) => run(url, statement),
    async close() {
      await db.close();
      await files.close();
      await run(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const firstNames = [
  "ada",
  "grace",
  "alan",
  "edsger",
  "barbara",
  "donald",
  "margaret",
  "tony",
  "radia",
  "niklaus",
  "frances",
  "annika",
  "johanna",
  "hannah",
  "susanne",
  "anton",
];
const lastNames = [
  "byron",
  "hopper",
  "turing",
  "dijkstra",
  "liskov",
  "knuth",
  "hamilton",
  "hoare",
  "perlman",
  "wirth",
  "allen",
  "hermann",
  "zimmermann",
  "garcia",
  "okafor",
  "lindqvist",
];

/** Fills the workspace with `count` contacts, all members of one list. Returns the list's id. */
export async function fillContacts(bench: BenchDatabase, count: number): Promise<string> {
  const listId = newId();
  const pickFirst = `(ARRAY['${firstNames.join("','")}'])[1 + ((g::bigint * 7919) % ${firstNames.length})::int]`;
  const company = `(ARRAY['northwind','contoso','fabrikam','acme','globex','initech','hooli','vandelay','soylent','tyrell','umbrella','stark','wayne','wonka','oceanic','cyberdyne'])[1 + g % 16] || ' ' || g % 5000`;
  const pickLast = `(ARRAY['${lastNames.join("','")}'])[1 + (g / 16) % ${lastNames.length}] || (g % 997)`;
  // Without the triggers and foreign keys: the rows are known to fit, and are indexed in one go.
  await bench.owner(`
    SET session_replication_role = replica;
    INSERT INTO contact (workspace_id, id, first_name, last_name, company, email, email_key, email_domain_key, search_text, sort_name)
    SELECT '${bench.workspaceId}', new_id(), first, last, company, address, gen_random_uuid(), md5('d' || g % 3000)::uuid,
           ' ' || first || ' ' || last || ' ' || address || ' ' || company, last || ' ' || first
    FROM (SELECT g, ${pickFirst} AS first, ${pickLast} AS last, ${company} AS company, ${pickFirst} || '.' || ${pickLast} || g || '@example' || g % 3000 || '.org' AS address
          FROM generate_series(1, ${count}) g) AS people`);
  await bench.owner(
    `INSERT INTO list (workspace_id, id, name) VALUES ('${bench.workspaceId}', '${listId}', 'Everybody')`,
  );
  await bench.owner(`
    SET session_replication_role = replica;
    INSERT INTO list_member (workspace_id, list_id, contact_id) SELECT workspace_id, '${listId}', id FROM contact`);
  await bench.owner("VACUUM (ANALYZE) contact");
  await bench.owner("VACUUM (ANALYZE) list_member");
  return listId;
}

/** Makes the contacts of `fillContacts` searchable, which most benchmarks do not need. */
export async function indexForSearch(bench: BenchDatabase): Promise<void> {
  await bench.owner(`
    SET maintenance_work_mem = '256MB';
    DROP INDEX contact_search_text;
    INSERT INTO contact_search SELECT workspace_id, id, search_text FROM contact;
    CREATE INDEX contact_search_text ON contact_search USING gin (search_text gin_trgm_ops) WITH (fastupdate = on)`);
  await bench.owner("VACUUM (ANALYZE) contact_search");
}
