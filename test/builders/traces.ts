import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../../src/kernel/database/index.ts";

/** Every text, JSON and binary column of every table, and every file of the data folder, that holds one of these. */
export async function tracesOf(
  of: { db: Database; dataDir: string },
  needles: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const patterns = needles.map((needle) => `%${needle}%`);
  const { rows } = await of.db.pool.query<{ table: string; column: string; is_binary: boolean }>(
    `SELECT table_schema || '.' || table_name AS table, column_name AS column, data_type = 'bytea' AS is_binary
     FROM information_schema.columns JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND t.table_type = 'BASE TABLE'
       AND data_type IN ('text', 'json', 'jsonb', 'character varying', 'ARRAY', 'bytea')`,
  );
  for (const { table, column, is_binary } of rows) {
    const text = is_binary ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const hit = await of.db.pool.query(
      `SELECT 1 FROM ${table} WHERE ${text} ILIKE ANY($1::text[]) LIMIT 1`,
      [patterns],
    );
    if (hit.rowCount) found.push(`${table}.${column}`);
  }
  const walk = (folder: string) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else {
        const text = readFileSync(path, "latin1").toLowerCase();
        if (needles.some((needle) => text.includes(needle.toLowerCase()))) found.push(path);
      }
    }
  };
  walk(of.dataDir);
  return found;
}
