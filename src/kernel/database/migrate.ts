import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { HeedError, messageOf } from "../errors.ts";

// Any fixed number serves, so long as every Heed uses the same.
const lockNumber = 4_330_001;

/**
 * Brings the schema up to date: numbered files in order, each in a transaction
 * of its own, under a lock so that several processes may start at once.
 * Returns the names that were applied. A half-applied file leaves nothing.
 */
export async function migrate(url: string, folder: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lockNumber]);
    await client.query(
      "CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())",
    );
    const done = new Set(
      (await client.query<{ name: string }>("SELECT name FROM migration")).rows.map((r) => r.name),
    );
    const files = readdirSync(folder)
      .filter((name) => name.endsWith(".sql"))
      .sort();
    const unknown = [...done].find((name) => !files.includes(name));
    if (unknown) {
      throw new HeedError(
        "database_is_newer",
        `This database was migrated by a newer Heed (${unknown}). Start that version or a newer one.`,
      );
    }
    await runMigrations({ connectionString: url });
    for (const name of files.filter((file) => !done.has(file))) {
      await client.query("BEGIN");
      try {
        await client.query(readFileSync(join(folder, name), "utf8"));
        await client.query("INSERT INTO migration (name) VALUES ($1)", [name]);
        await client.query("COMMIT");
      } catch (error) {
        await client.query("ROLLBACK");
        throw new HeedError(
          "migration_failed",
          `Migration ${name} failed and was rolled back: ${messageOf(error)}`,
          {},
          { cause: error },
        );
      }
      applied.push(name);
    }
  } finally {
    await client.end();
  }
  return applied;
}
