import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Viewer } from "../contacts/index.ts";

export interface List {
  id: string;
  name: string;
  kind: "manual";
  created_at: Date;
}

export interface CountedList extends List {
  member_count: number;
  exclusion_count: number;
}

/** False when the name is taken. */
export async function insertList(
  tx: Tx,
  list: { id: string; name: string; kind: string },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO list (workspace_id, id, name, kind) VALUES (${tx.workspaceId}, ${list.id}, ${list.name}, ${list.kind})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

/** False when the name is taken; the savepoint keeps the transaction usable then. */
export async function updateListName(tx: Tx, id: string, name: string): Promise<boolean> {
  await sql`SAVEPOINT list_name`.execute(tx);
  try {
    await sql`UPDATE list SET name = ${name} WHERE id = ${id}`.execute(tx);
    return true;
  } catch (error) {
    await sql`ROLLBACK TO SAVEPOINT list_name`.execute(tx);
    if ((error as { code?: string }).code === "23505") return false;
    throw error;
  }
}

export async function findList(tx: Tx, id: string): Promise<List | undefined> {
  const { rows } =
    await sql<List>`SELECT id, name, kind, created_at FROM live_list WHERE id = ${id}`.execute(tx);
  return rows[0];
}

/**
 * Holds a list while its membership changes. Adding takes it shared, excluding alone: without it,
 * an addition would not see an exclusion that commits beside it, and put the contact back.
 */
export async function holdList(tx: Tx, id: string, how: "to_add" | "to_exclude"): Promise<boolean> {
  const strength = how === "to_add" ? sql`FOR SHARE` : sql`FOR NO KEY UPDATE`;
  const { rows } =
    await sql`SELECT id FROM list WHERE id = ${id} AND deletion_id IS NULL ${strength}`.execute(tx);
  return rows.length > 0;
}

// The whole membership from its index alone, less the few in the bin: a join with every contact
// takes ten times as long. Whoever sees only their own contacts counts those.
const liveCount = (table: "list_member" | "list_exclusion", viewer: Viewer) =>
  viewer.ownOnly
    ? sql`(SELECT count(*) FROM live_contact c JOIN ${sql.table(table)} m ON m.contact_id = c.id
           WHERE m.list_id = l.id AND c.owner_id = ${viewer.userId})`
    : sql`((SELECT count(*) FROM ${sql.table(table)} m WHERE m.list_id = l.id)
           - (SELECT count(*) FROM binned_contact c JOIN ${sql.table(table)} m ON m.contact_id = c.id
              WHERE m.list_id = l.id))`;

/** Lists in order of name, after the given one, with how many of their contacts the viewer sees. */
export async function pageOfLists(
  tx: Tx,
  viewer: Viewer,
  page: { id?: string; q?: string; after?: string; limit: number },
): Promise<CountedList[]> {
  const { rows } = await sql<CountedList>`
    SELECT l.id, l.name, l.kind, l.created_at,
      ${liveCount("list_member", viewer)} AS member_count, ${liveCount("list_exclusion", viewer)} AS exclusion_count
    FROM (
      SELECT * FROM live_list
      WHERE ${page.id ? sql`id = ${page.id}` : sql`true`}
        AND ${page.q ? sql`position(lower(${page.q}) in lower(name)) > 0` : sql`true`}
        AND ${page.after === undefined ? sql`true` : sql`name COLLATE "C" > ${page.after}`}
      ORDER BY name COLLATE "C" LIMIT ${page.limit}
    ) l ORDER BY l.name COLLATE "C"`.execute(tx);
  return rows;
}

/** A membership as its undoing needs it; the time as text, with its microseconds. */
export interface Membership {
  contact_id: string;
  added_at: string;
}

/** Adds those that are no members and not excluded. Answers the new memberships, and who is excluded. */
export async function insertMembers(
  tx: Tx,
  listId: string,
  contactIds: readonly string[],
): Promise<{ added: Membership[]; excluded: string[] }> {
  const { rows } = await sql<{ contact_id: string; added_at: string | null }>`
    WITH given AS (SELECT DISTINCT unnest(${contactIds}::uuid[]) AS contact_id),
    kept_out AS (
      SELECT x.contact_id FROM list_exclusion x JOIN given USING (contact_id) WHERE x.list_id = ${listId}
    ),
    added AS (
      INSERT INTO list_member (workspace_id, list_id, contact_id)
      SELECT ${tx.workspaceId}, ${listId}, contact_id FROM given
      WHERE contact_id NOT IN (SELECT contact_id FROM kept_out)
      ORDER BY contact_id ON CONFLICT DO NOTHING RETURNING contact_id, added_at
    )
    SELECT contact_id, added_at::text FROM added UNION ALL SELECT contact_id, NULL FROM kept_out`.execute(
    tx,
  );
  return {
    added: rows.filter((row): row is Membership => row.added_at !== null),
    excluded: rows.filter((row) => row.added_at === null).map((row) => row.contact_id),
  };
}

/** Takes these out; answers the memberships that were. */
export async function deleteMembers(
  tx: Tx,
  listId: string,
  contactIds: readonly string[],
): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    DELETE FROM list_member WHERE list_id = ${listId} AND contact_id = ANY(${contactIds}::uuid[])
    RETURNING contact_id, added_at::text`.execute(tx);
  return rows;
}

/** An exclusion as its undoing needs it. */
export interface ExclusionRow {
  contact_id: string;
  excluded_by: string | null;
  excluded_at: string;
}

/** Excludes those that are not yet; answers their exclusions. */
export async function insertExclusions(
  tx: Tx,
  listId: string,
  contactIds: readonly string[],
  excludedBy: string | null,
): Promise<ExclusionRow[]> {
  const { rows } = await sql<ExclusionRow>`
    INSERT INTO list_exclusion (workspace_id, list_id, contact_id, excluded_by)
    SELECT ${tx.workspaceId}, ${listId}, contact_id, ${excludedBy}
    FROM (SELECT DISTINCT unnest(${contactIds}::uuid[]) AS contact_id) given ORDER BY contact_id
    ON CONFLICT DO NOTHING RETURNING contact_id, excluded_by, excluded_at::text`.execute(tx);
  return rows;
}

/** Ends exclusions; answers them. */
export async function deleteExclusions(
  tx: Tx,
  listId: string,
  contactIds: readonly string[],
): Promise<ExclusionRow[]> {
  const { rows } = await sql<ExclusionRow>`
    DELETE FROM list_exclusion WHERE list_id = ${listId} AND contact_id = ANY(${contactIds}::uuid[])
    RETURNING contact_id, excluded_by, excluded_at::text`.execute(tx);
  return rows;
}

/** When each of these contacts joined the list. */
export async function joinedAt(
  tx: Tx,
  listId: string,
  contactIds: readonly string[],
): Promise<Map<string, Date>> {
  const { rows } = await sql<{ contact_id: string; added_at: Date }>`
    SELECT contact_id, added_at FROM list_member
    WHERE list_id = ${listId} AND contact_id = ANY(${contactIds}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.contact_id, row.added_at]));
}

export interface Exclusion {
  contact_id: string;
  first_name: string;
  last_name: string;
  company: string;
  email: string | null;
  phone: string | null;
  excluded_by: string | null;
  excluded_at: Date;
}

/** Excluded contacts that the viewer sees, newest contact first, before the given one. */
export async function pageOfExclusions(
  tx: Tx,
  viewer: Viewer,
  listId: string,
  page: { before?: string; limit: number },
): Promise<Exclusion[]> {
  const { rows } = await sql<Exclusion>`
    SELECT x.contact_id, c.first_name, c.last_name, c.company, c.email, c.phone, x.excluded_by, x.excluded_at
    FROM list_exclusion x JOIN live_contact c ON c.id = x.contact_id
    WHERE x.list_id = ${listId} AND ${page.before ? sql`x.contact_id < ${page.before}` : sql`true`}
      AND ${viewer.ownOnly ? sql`c.owner_id = ${viewer.userId}` : sql`true`}
    ORDER BY x.contact_id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}
