import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startEmbedded } from "../../src/kernel/database/embedded/index.ts";
import { migrate } from "../../src/kernel/database/migrate.ts";

export const migrationsFolder = fileURLToPath(new URL("../../migrations", import.meta.url));

/** The database every test's own is copied from. */
export const templateName = "heed_template";

/** A server for one run: the embedded one, or the one that HEED_TEST_SERVER names (its postgres database's URL). */
export async function startTestServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.HEED_TEST_SERVER;
  if (given) return { url: given, stop: async () => {} };
  const dataDir = mkdtempSync(join(tmpdir(), "heed-test-"));
  const server = await startEmbedded({ dataDir, log: () => {} });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The same server's URL for another database. */
export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Makes (or makes anew) the migrated template. */
export async function makeTemplate(server: string): Promise<void> {
  await run(server, `DROP DATABASE IF EXISTS ${templateName}`);
  await run(server, `CREATE DATABASE ${templateName}`);
  await migrate(urlOf(server, templateName), migrationsFolder);
}

export async function run(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
