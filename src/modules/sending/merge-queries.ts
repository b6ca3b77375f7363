import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

/** Gives one contact's messages (all, or these) to another, but for those that are still on their way. */
export async function moveMessages(
  tx: Tx,
  which: { from: string; to: string; ids: readonly string[] | null },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE message SET contact_id = ${which.to}
    WHERE contact_id = ${which.from} AND state NOT IN ('queued', 'claimed')
      AND ${which.ids === null ? sql`true` : sql`id = ANY(${[...which.ids]}::uuid[])`}
    RETURNING id`.execute(tx);
  return rows.map((row) => row.id);
}
