import { sql } from "kysely";
import type { SystemTx, Tx } from "../../../kernel/database/index.ts";

/** Workspaces in which imported contacts wait for the search index, with how many ranges and how long the last one has waited. */
export async function waitingForSearch(
  tx: SystemTx,
): Promise<{ workspace_id: string; ranges: number; idle_ms: number }[]> {
  const { rows } = await sql<{ workspace_id: string; ranges: number; idle_ms: number }>`
    SELECT workspace_id, count(*) AS ranges,
      (extract(epoch FROM clock_timestamp() - max(since)) * 1000)::float8 AS idle_ms
    FROM contact_search_waiting GROUP BY workspace_id`.execute(tx);
  return rows;
}

/**
 * Contacts that this transaction creates from here on, with ids between these two, are searched
 * without the index for now: it takes in a million of them later, without anybody waiting for it.
 */
export async function letSearchWait(tx: Tx, range: { first: string; last: string }): Promise<void> {
  await sql`SELECT set_config('heed.search_waits', 'on', true)`.execute(tx);
  await sql`
    INSERT INTO contact_search_waiting (workspace_id, first_id, last_id)
    VALUES (${tx.workspaceId}, ${range.first}, ${range.last}) ON CONFLICT DO NOTHING`.execute(tx);
}

/**
 * Moves the oldest waiting range into the search index; false when none waits. Who was edited since
 * has a text there already. The lock makes a deletion wait, whose trigger then sees the row.
 */
export async function settleOldest(tx: Tx): Promise<boolean> {
  await sql`SET LOCAL gin_pending_list_limit = '256MB'`.execute(tx);
  const { rows } = await sql<{ first_id: string; last_id: string }>`
    DELETE FROM contact_search_waiting WHERE (workspace_id, first_id) = (
      SELECT workspace_id, first_id FROM contact_search_waiting ORDER BY first_id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING first_id, last_id`.execute(tx);
  const range = rows[0];
  if (!range) return false;
  await sql`
    INSERT INTO contact_search (workspace_id, contact_id, search_text)
    SELECT workspace_id, id, search_text FROM contact
    WHERE id BETWEEN ${range.first_id}::uuid AND ${range.last_id}::uuid FOR KEY SHARE
    ON CONFLICT DO NOTHING`.execute(tx);
  return true;
}

/** Folds what was added into the index; until then a search reads it from end to end. */
export async function foldSearch(tx: Tx): Promise<void> {
  await sql`SELECT fold_contact_search()`.execute(tx);
}
