import type { Client } from "pg";
import { newId } from "../../src/kernel/ids.ts";

interface Column {
  name: string;
  type: string;
  needed: boolean;
  generated: boolean;
}

/** Columns and values for a row of any table that its CHECK constraints let in; foreign keys aside. */
export async function anyRow(
  client: Client,
  table: string,
  workspaceId: string,
): Promise<Record<string, unknown>> {
  const columns = await client.query<Column>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AND NOT atthasdef AS needed,
            attgenerated <> '' OR attidentity <> '' AS generated
     FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [table],
  );
  const checks = await client.query<{ definition: string }>(
    "SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'",
    [table],
  );
  const row: Record<string, unknown> = {};
  for (const column of columns.rows.filter((each) => each.needed && !each.generated)) {
    row[column.name] = column.name === "workspace_id" ? workspaceId : valueFor(column, checks.rows);
  }
  return row;
}

function valueFor(column: Column, checks: readonly { definition: string }[]): unknown {
  for (const { definition } of checks) {
    const allowed = new RegExp(`\\(\\(?${column.name} = (?:ANY \\(ARRAY\\[)?'([^']+)'`).exec(
      definition,
    )?.[1];
    if (allowed) return allowed;
  }
  if (column.type === "uuid") return newId();
  if (column.type.endsWith("[]")) return [];
  if (column.type.startsWith("timestamp") || column.type === "date") return new Date();
  if (column.type === "bytea") return Buffer.from(newId());
  if (column.type === "jsonb") return "{}";
  if (column.type === "boolean") return false;
  if (/int|numeric|double|real/.test(column.type)) return 1;
  return newId();
}

/** Inserts the row as whoever the client is at this moment. */
export async function insertRow(
  client: Client,
  table: string,
  row: Record<string, unknown>,
): Promise<void> {
  const names = Object.keys(row);
  await client.query(
    `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(", ")}) VALUES (${names.map((_, i) => `$${i + 1}`).join(", ")})`,
    Object.values(row),
  );
}
