import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

/** How many opportunities would go because every contact of theirs is among the frozen ones. */
export async function countOpportunitiesThatGo(tx: Tx, deletionId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    WITH frozen AS MATERIALIZED (
      SELECT contact_id FROM deletion_contact WHERE deletion_id = ${deletionId})
    SELECT count(*) AS count FROM (
      SELECT DISTINCT oc.opportunity_id FROM frozen f JOIN opportunity_contact oc ON oc.contact_id = f.contact_id) touched
    JOIN live_opportunity o ON o.id = touched.opportunity_id
    WHERE NOT EXISTS (
      SELECT FROM opportunity_contact other JOIN live_contact c ON c.workspace_id = other.workspace_id AND c.id = other.contact_id
      WHERE other.workspace_id = o.workspace_id AND other.opportunity_id = o.id AND other.contact_id NOT IN (SELECT contact_id FROM frozen))`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

/** Holds the opportunities of contacts, so that of two deletions at once the later sees what the earlier took. */
export async function lockOpportunities(tx: Tx, contactIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM opportunity WHERE workspace_id = ${tx.workspaceId} AND id IN (
      SELECT opportunity_id FROM opportunity_contact
      WHERE workspace_id = ${tx.workspaceId} AND contact_id = ANY(${[...contactIds]}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`.execute(tx);
  return rows.map((row) => row.id);
}

/** Takes opportunities without a live contact out of sight, marked so that restoring finds them. Answers which. */
export async function markOpportunitiesGone(
  tx: Tx,
  deletionId: string,
  opportunityIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE opportunity o SET deletion_id = ${deletionId}
    WHERE o.workspace_id = ${tx.workspaceId} AND o.id = ANY(${[...opportunityIds]}::uuid[]) AND o.deletion_id IS NULL
      AND NOT EXISTS (
        SELECT FROM opportunity_contact oc JOIN live_contact c ON c.workspace_id = oc.workspace_id AND c.id = oc.contact_id
        WHERE oc.workspace_id = o.workspace_id AND oc.opportunity_id = o.id)
    RETURNING o.id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Brings back the opportunities of contacts that came back, whichever deletion took them. */
export async function markOpportunitiesBack(
  tx: Tx,
  opportunityIds: readonly string[],
): Promise<void> {
  await sql`
    UPDATE opportunity SET deletion_id = NULL
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...opportunityIds]}::uuid[]) AND deletion_id IS NOT NULL`.execute(
    tx,
  );
}

/** Takes away the opportunities and appointments that have no contact besides these. */
export async function removeShared(
  tx: Tx,
  contactIds: readonly string[],
): Promise<Record<string, number>> {
  const ids = sql`${[...contactIds]}::uuid[]`;
  const counts: Record<string, number> = {};
  for (const [table, link, column] of [
    ["opportunity", "opportunity_contact", "opportunity_id"],
    ["appointment", "appointment_attendee", "appointment_id"],
  ] as const) {
    const { numAffectedRows } = await sql`
      DELETE FROM ${sql.table(table)} s WHERE s.workspace_id = ${tx.workspaceId} AND s.id = ANY(ARRAY(
          SELECT l.${sql.ref(column)} FROM ${sql.table(link)} l
          WHERE l.workspace_id = ${tx.workspaceId} AND l.contact_id = ANY(${ids})))
        AND NOT EXISTS (
          SELECT FROM ${sql.table(link)} l WHERE l.workspace_id = s.workspace_id AND l.${sql.ref(column)} = s.id
            AND l.contact_id IS NOT NULL AND l.contact_id <> ALL(${ids}))`.execute(tx);
    const removed = Number(numAffectedRows ?? 0);
    if (removed > 0) counts[table] = removed;
  }
  return counts;
}
