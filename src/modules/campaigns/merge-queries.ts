import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

/** The loser's follow-ups, locked in one order. */
export async function followUpsOf(
  tx: Tx,
  loserId: string,
  winnerId: string,
): Promise<{ id: string; is_open: boolean; winner_has_one: boolean }[]> {
  const { rows } = await sql<{ id: string; is_open: boolean; winner_has_one: boolean }>`
    SELECT f.id, f.state IN ('active', 'paused') AS is_open,
      EXISTS (SELECT 1 FROM follow_up w WHERE w.campaign_id = f.campaign_id AND w.contact_id = ${winnerId}) AS winner_has_one
    FROM follow_up f WHERE f.contact_id = ${loserId} ORDER BY f.id FOR UPDATE OF f`.execute(tx);
  return rows;
}

/** Gives follow-ups to another contact; one that is in the campaign already keeps its own. */
export async function giveFollowUps(tx: Tx, ids: readonly string[], to: string): Promise<void> {
  await sql`
    UPDATE follow_up f SET contact_id = ${to}, updated_at = now()
    WHERE id = ANY(${[...ids]}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM follow_up w WHERE w.campaign_id = f.campaign_id AND w.contact_id = ${to})`.execute(
    tx,
  );
}

export async function endAsMerged(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    UPDATE follow_up SET state = 'removed', because = 'merged', due_at = NULL, updated_at = now()
    WHERE id = ANY(${[...ids]}::uuid[])`.execute(tx);
}

/** Those that were open, or ended by the merge, wait for a person. Answers their campaigns. */
export async function pauseReturned(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ campaign_id: string }>`
    UPDATE follow_up SET state = 'paused', because = 'unmerged', due_at = NULL, updated_at = now()
    WHERE id = ANY(${[...ids]}::uuid[]) AND (state IN ('active', 'paused') OR state = 'removed' AND because = 'merged')
    RETURNING campaign_id`.execute(tx);
  return [...new Set(rows.map((row) => row.campaign_id))].sort();
}
