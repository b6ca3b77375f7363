import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

/** A membership or an exclusion: the list, and since when. */
interface Since {
  id: string;
  detail: Record<string, unknown> | null;
}

/** Holds every list that one of these contacts is on or kept out of, in one order. */
export async function holdListsOf(tx: Tx, contactIds: readonly string[]): Promise<void> {
  await sql`
    SELECT 1 FROM list WHERE id IN (
      SELECT list_id FROM list_member WHERE contact_id = ANY(${[...contactIds]}::uuid[])
      UNION SELECT list_id FROM list_exclusion WHERE contact_id = ANY(${[...contactIds]}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`.execute(tx);
}

/** Keeps `to` out of every list that `from` is kept out of; answers which are new. */
export async function exclusionsFrom(tx: Tx, from: string, to: string): Promise<Since[]> {
  const { rows } = await sql<Since>`
    INSERT INTO list_exclusion (workspace_id, list_id, contact_id, excluded_by)
    SELECT workspace_id, list_id, ${to}, excluded_by FROM list_exclusion WHERE contact_id = ${from}
    ON CONFLICT DO NOTHING RETURNING list_id AS id, jsonb_build_object('at', excluded_at::text) AS detail`.execute(
    tx,
  );
  return rows;
}

/** Takes a contact off the lists that it is kept out of; answers which. */
export async function leaveExcluded(tx: Tx, contactId: string): Promise<Since[]> {
  const { rows } = await sql<Since>`
    DELETE FROM list_member WHERE contact_id = ${contactId}
      AND list_id IN (SELECT list_id FROM list_exclusion WHERE contact_id = ${contactId})
    RETURNING list_id AS id, jsonb_build_object('at', added_at::text) AS detail`.execute(tx);
  return rows;
}

/** Makes `to` a member where `from` is and `to` is not kept out; answers which are new. */
export async function membershipsFrom(tx: Tx, from: string, to: string): Promise<Since[]> {
  const { rows } = await sql<Since>`
    INSERT INTO list_member (workspace_id, list_id, contact_id)
    SELECT workspace_id, list_id, ${to} FROM list_member m WHERE contact_id = ${from}
      AND NOT EXISTS (SELECT 1 FROM list_exclusion x WHERE x.list_id = m.list_id AND x.contact_id = ${to})
    ON CONFLICT DO NOTHING RETURNING list_id AS id, jsonb_build_object('at', added_at::text) AS detail`.execute(
    tx,
  );
  return rows;
}

/** Takes away the very memberships and exclusions that a merge gave. */
export async function deleteGained(
  tx: Tx,
  contactId: string,
  gained: { members: readonly Since[]; exclusions: readonly Since[] },
): Promise<void> {
  await sql`
    DELETE FROM list_member m USING unnest(
      ${gained.members.map((m) => m.id)}::uuid[], ${gained.members.map((m) => m.detail?.at)}::timestamptz[]) AS g (list_id, at)
    WHERE m.contact_id = ${contactId} AND m.list_id = g.list_id AND m.added_at = g.at`.execute(tx);
  await sql`
    DELETE FROM list_exclusion x USING unnest(
      ${gained.exclusions.map((e) => e.id)}::uuid[], ${gained.exclusions.map((e) => e.detail?.at)}::timestamptz[]) AS g (list_id, at)
    WHERE x.contact_id = ${contactId} AND x.list_id = g.list_id AND x.excluded_at = g.at`.execute(
    tx,
  );
}

/** Puts a contact back on lists that are still there, except those that it is kept out of. */
export async function rejoin(tx: Tx, contactId: string, left: readonly Since[]): Promise<void> {
  await sql`
    INSERT INTO list_member (workspace_id, list_id, contact_id, added_at)
    SELECT ${tx.workspaceId}, g.list_id, ${contactId}, g.at FROM unnest(
      ${left.map((each) => each.id)}::uuid[], ${left.map((each) => each.detail?.at)}::timestamptz[]) AS g (list_id, at)
    JOIN list l ON l.id = g.list_id
    WHERE NOT EXISTS (SELECT 1 FROM list_exclusion x WHERE x.list_id = g.list_id AND x.contact_id = ${contactId})
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** The lists that a contact is a member of, by name. */
export async function listsOfContact(
  tx: Tx,
  contactId: string,
): Promise<{ id: string; name: string; added_at: Date }[]> {
  const { rows } = await sql<{ id: string; name: string; added_at: Date }>`
    SELECT l.id, l.name, m.added_at FROM list_member m JOIN list l ON l.id = m.list_id
    WHERE m.contact_id = ${contactId} ORDER BY l.name COLLATE "C"`.execute(tx);
  return rows;
}
