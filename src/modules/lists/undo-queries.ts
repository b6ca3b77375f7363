import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { ExclusionRow, Membership } from "./queries.ts";

/** Takes out those whose membership is the very one named; whoever left and came back stays. Answers whom. */
export async function deleteTheseMembers(
  tx: Tx,
  listId: string,
  memberships: readonly Membership[],
): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    DELETE FROM list_member m USING unnest(
      ${memberships.map((m) => m.contact_id)}::uuid[], ${memberships.map((m) => m.added_at)}::timestamptz[]) AS g (contact_id, added_at)
    WHERE m.workspace_id = ${tx.workspaceId} AND m.list_id = ${listId} AND m.contact_id = g.contact_id AND m.added_at = g.added_at
    RETURNING m.contact_id`.execute(tx);
  return rows.map((row) => row.contact_id);
}

/** Puts memberships back as they were; who is excluded by now, or a member again, is left. Answers whom. */
export async function restoreMembers(
  tx: Tx,
  listId: string,
  memberships: readonly Membership[],
): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    INSERT INTO list_member (workspace_id, list_id, contact_id, added_at)
    SELECT ${tx.workspaceId}, ${listId}, g.* FROM unnest(
      ${memberships.map((m) => m.contact_id)}::uuid[], ${memberships.map((m) => m.added_at)}::timestamptz[]) AS g (contact_id, added_at)
    WHERE NOT EXISTS (SELECT 1 FROM list_exclusion x WHERE x.list_id = ${listId} AND x.contact_id = g.contact_id)
    ORDER BY g.contact_id ON CONFLICT DO NOTHING RETURNING contact_id`.execute(tx);
  return rows.map((row) => row.contact_id);
}

/** Ends the very exclusions named. Answers whose. */
export async function deleteTheseExclusions(
  tx: Tx,
  listId: string,
  exclusions: readonly ExclusionRow[],
): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    DELETE FROM list_exclusion x USING unnest(
      ${exclusions.map((e) => e.contact_id)}::uuid[], ${exclusions.map((e) => e.excluded_at)}::timestamptz[]) AS g (contact_id, excluded_at)
    WHERE x.workspace_id = ${tx.workspaceId} AND x.list_id = ${listId} AND x.contact_id = g.contact_id AND x.excluded_at = g.excluded_at
    RETURNING x.contact_id`.execute(tx);
  return rows.map((row) => row.contact_id);
}

/** Puts exclusions back as they were; who is a member by now, or excluded again, is left. Answers whom. */
export async function restoreExclusions(
  tx: Tx,
  listId: string,
  exclusions: readonly ExclusionRow[],
): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    INSERT INTO list_exclusion (workspace_id, list_id, contact_id, excluded_by, excluded_at)
    SELECT ${tx.workspaceId}, ${listId}, g.* FROM unnest(
      ${exclusions.map((e) => e.contact_id)}::uuid[], ${exclusions.map((e) => e.excluded_by)}::uuid[],
      ${exclusions.map((e) => e.excluded_at)}::timestamptz[]) AS g (contact_id, excluded_by, excluded_at)
    WHERE NOT EXISTS (SELECT 1 FROM list_member m WHERE m.list_id = ${listId} AND m.contact_id = g.contact_id)
    ORDER BY g.contact_id ON CONFLICT DO NOTHING RETURNING contact_id`.execute(tx);
  return rows.map((row) => row.contact_id);
}
