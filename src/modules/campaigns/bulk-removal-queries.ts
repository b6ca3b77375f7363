import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { FollowUpState } from "./rules.ts";

export interface OpenFollowUp {
  id: string;
  contact_id: string;
  campaign_id: string;
  state: FollowUpState;
  next_step: number;
}

/** The follow-ups of these contacts that may still write, locked in one order. */
export async function lockOpenFollowUps(
  tx: Tx,
  contactIds: readonly string[],
  campaignId: string | null,
): Promise<OpenFollowUp[]> {
  const { rows } = await sql<OpenFollowUp>`
    SELECT id, contact_id, campaign_id, state, next_step FROM follow_up
    WHERE contact_id = ANY(${[...contactIds]}::uuid[]) AND state IN ('active', 'paused')
      AND ${campaignId === null ? sql`true` : sql`campaign_id = ${campaignId}`}
    ORDER BY id FOR UPDATE`.execute(tx);
  return rows;
}

/** Ends them as a person who removes them does. */
export async function removeMany(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    UPDATE follow_up SET state = 'removed', because = 'user', due_at = NULL, updated_at = now()
    WHERE id = ANY(${[...ids]}::uuid[])`.execute(tx);
}

/** Those of them that are still removed come back as paused; a person continues them. */
export async function pauseRemoved(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; contact_id: string }[]> {
  const { rows } = await sql<{ id: string; contact_id: string }>`
    UPDATE follow_up SET state = 'paused', because = 'restored', due_at = NULL, updated_at = now()
    WHERE id IN (SELECT id FROM follow_up WHERE id = ANY(${[...ids]}::uuid[]) AND state = 'removed' ORDER BY id FOR UPDATE)
    RETURNING id, contact_id`.execute(tx);
  return rows;
}

/** The campaigns that these follow-ups belong to, in one order. */
export async function campaignOfFollowUps(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ campaign_id: string }>`
    SELECT DISTINCT campaign_id FROM follow_up WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY 1`.execute(
    tx,
  );
  return rows.map((row) => row.campaign_id);
}
