import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

/** Ends the open follow-ups of contacts that go to the bin, marked so that restoring finds them. Answers how many. */
export async function endFollowUpsForDeletion(
  tx: Tx,
  deletionId: string,
  contactIds: readonly string[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    UPDATE follow_up SET state = 'stopped', because = 'in_bin', due_at = NULL, deletion_id = ${deletionId}, updated_at = now()
    WHERE workspace_id = ${tx.workspaceId} AND id IN (
      SELECT id FROM follow_up
      WHERE workspace_id = ${tx.workspaceId} AND contact_id = ANY(${[...contactIds]}::uuid[]) AND state IN ('active', 'paused')
      ORDER BY id FOR UPDATE)`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Gives restored contacts the follow-ups back that their deletion ended, paused. Answers how many. */
export async function pauseRestoredFollowUps(
  tx: Tx,
  contactIds: readonly string[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    UPDATE follow_up SET state = 'paused', because = 'restored', due_at = NULL, deletion_id = NULL, updated_at = now()
    WHERE workspace_id = ${tx.workspaceId} AND id IN (
      SELECT id FROM follow_up
      WHERE workspace_id = ${tx.workspaceId} AND contact_id = ANY(${[...contactIds]}::uuid[]) AND deletion_id IS NOT NULL
      ORDER BY id FOR UPDATE)`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
