import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

/** Takes these members off a list and keeps since when they were on it. Answers who was on it. */
export async function clearMembers(
  tx: Tx,
  deletionId: string,
  listId: string,
  contactIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ contact_id: string }>`
    WITH taken AS (
      DELETE FROM list_member WHERE list_id = ${listId} AND contact_id = ANY(${[...contactIds]}::uuid[])
      RETURNING contact_id, added_at)
    INSERT INTO cleared_member (workspace_id, deletion_id, contact_id, kind, since)
    SELECT ${tx.workspaceId}, ${deletionId}, contact_id, 'member', added_at FROM taken
    RETURNING contact_id`.execute(tx);
  return new Set(rows.map((row) => row.contact_id));
}

/** Ends every exclusion of a list and keeps them for an undo. */
export async function takeExclusions(tx: Tx, deletionId: string, listId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    WITH taken AS (
      DELETE FROM list_exclusion WHERE list_id = ${listId} RETURNING contact_id, excluded_by, excluded_at)
    INSERT INTO cleared_member (workspace_id, deletion_id, contact_id, kind, since, excluded_by)
    SELECT ${tx.workspaceId}, ${deletionId}, contact_id, 'exclusion', excluded_at, excluded_by FROM taken`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

/** Gives a cleared list its exclusions back. */
export async function giveExclusionsBack(tx: Tx, deletionId: string): Promise<void> {
  await sql`
    INSERT INTO list_exclusion (workspace_id, list_id, contact_id, excluded_by, excluded_at)
    SELECT x.workspace_id, d.list_id, x.contact_id, x.excluded_by, x.since
    FROM cleared_member x JOIN deletion d ON d.workspace_id = x.workspace_id AND d.id = x.deletion_id
    WHERE x.deletion_id = ${deletionId} AND x.kind = 'exclusion'
      AND EXISTS (SELECT FROM contact c WHERE c.workspace_id = x.workspace_id AND c.id = x.contact_id)
    ON CONFLICT DO NOTHING`.execute(tx);
}

/**
 * Gives a cleared list its next members back, after a contact id; whoever is excluded by now, or
 * gone, stays off. Answers the last id looked at, or null at the end, and how many came back.
 */
export async function giveMembersBack(
  tx: Tx,
  deletionId: string,
  after: string | null,
  limit: number,
): Promise<{ last: string | null; looked: number; back: number }> {
  const { rows } = await sql<{ last: string | null; looked: number; back: number }>`
    WITH next AS MATERIALIZED (
      SELECT x.contact_id, x.since, d.list_id FROM cleared_member x
      JOIN deletion d ON d.workspace_id = x.workspace_id AND d.id = x.deletion_id
      WHERE x.deletion_id = ${deletionId} AND x.kind = 'member' AND ${after ? sql`x.contact_id > ${after}` : sql`true`}
      ORDER BY x.contact_id LIMIT ${limit}),
    back AS (
      INSERT INTO list_member (workspace_id, list_id, contact_id, added_at)
      SELECT ${tx.workspaceId}, n.list_id, n.contact_id, n.since FROM next n
      WHERE EXISTS (SELECT FROM contact c WHERE c.workspace_id = ${tx.workspaceId} AND c.id = n.contact_id)
        AND NOT EXISTS (SELECT FROM list_exclusion x
          WHERE x.workspace_id = ${tx.workspaceId} AND x.list_id = n.list_id AND x.contact_id = n.contact_id)
      ON CONFLICT DO NOTHING RETURNING 1)
    SELECT (SELECT max(contact_id::text) FROM next) AS last, (SELECT count(*) FROM next) AS looked,
           (SELECT count(*) FROM back) AS back`.execute(tx);
  return rows[0] ?? { last: null, looked: 0, back: 0 };
}

/** Puts a list into the bin once none of its members is left; one with members stays with them. */
export async function markListDeleted(tx: Tx, deletionId: string, listId: string): Promise<void> {
  await sql`
    UPDATE list SET deletion_id = ${deletionId}
    WHERE id = ${listId} AND deletion_id IS NULL AND NOT EXISTS (
      SELECT FROM list_member m JOIN live_contact c ON c.workspace_id = m.workspace_id AND c.id = m.contact_id
      WHERE m.list_id = ${listId})`.execute(tx);
}

/** Brings a deleted list back; where its name was given away, with the day in the name. */
export async function markListLive(tx: Tx, deletionId: string): Promise<void> {
  await sql`
    UPDATE list l SET deletion_id = NULL, name = CASE
      WHEN EXISTS (SELECT FROM live_list o WHERE o.name = l.name) THEN l.name || ' (restored ' || to_char(clock_timestamp(), 'YYYY-MM-DD HH24:MI:SS.US') || ')'
      ELSE l.name END
    WHERE l.deletion_id = ${deletionId}`.execute(tx);
}

/** Takes the deleted lists of a purge away; one that a campaign of the past names stays hidden. */
export async function purgeList(tx: Tx, deletionId: string): Promise<void> {
  await sql`
    DELETE FROM list l WHERE l.deletion_id = ${deletionId}
      AND NOT EXISTS (SELECT FROM campaign_list x WHERE x.workspace_id = l.workspace_id AND x.list_id = l.id)`.execute(
    tx,
  );
}

/** Takes a list away at once, with the memberships that are left. */
export async function removeListRow(tx: Tx, listId: string): Promise<void> {
  await sql`
    DELETE FROM list l WHERE l.id = ${listId}
      AND NOT EXISTS (SELECT FROM campaign_list x WHERE x.workspace_id = l.workspace_id AND x.list_id = l.id)
      AND NOT EXISTS (SELECT FROM list_member m JOIN live_contact c ON c.workspace_id = m.workspace_id AND c.id = m.contact_id
        WHERE m.list_id = l.id)`.execute(tx);
}

/** Forgets what a clearing took off, once it can no longer be undone. */
export async function forgetCleared(tx: Tx, deletionId: string): Promise<void> {
  await sql`DELETE FROM cleared_member WHERE deletion_id = ${deletionId}`.execute(tx);
}
