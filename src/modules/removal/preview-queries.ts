import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Viewer } from "../contacts/index.ts";
import { holdings } from "./personal-data.ts";

const frozen = (deletionId: string) =>
  sql`(SELECT contact_id FROM deletion_contact WHERE workspace_id = current_workspace() AND deletion_id = ${deletionId}) f`;

/** How many rows hang on the frozen contacts, by kind of linked item. */
export async function countLinked(tx: Tx, deletionId: string): Promise<Record<string, number>> {
  const counts = holdings.flatMap(({ table, find, linked }) => {
    const column = find.find((each) => "contact" in each);
    if (!linked || !column || !("contact" in column)) return [];
    return [
      sql`(SELECT count(*) FROM ${frozen(deletionId)} JOIN ${sql.table(table)} t ON t.${sql.ref(column.contact)} = f.contact_id) AS ${sql.ref(linked)}`,
    ];
  });
  const { rows } = await sql<Record<string, number>>`SELECT ${sql.join(counts)}`.execute(tx);
  return rows[0] ?? {};
}

export interface Effects {
  follow_ups_that_end: number;
  written_to: number;
  stops_kept: number;
}

const went = sql`('claimed', 'accepted', 'delivered', 'bounced', 'complained', 'unknown')`;

/** What else the deletion of the frozen contacts means. */
export async function countEffects(tx: Tx, deletionId: string): Promise<Effects> {
  const { rows } = await sql<Effects>`
    WITH subject AS MATERIALIZED (
      SELECT f.contact_id, c.email_key, c.phone_key FROM ${frozen(deletionId)}
      JOIN contact c ON c.workspace_id = current_workspace() AND c.id = f.contact_id)
    SELECT
      (SELECT count(*) FROM subject s JOIN follow_up u ON u.contact_id = s.contact_id AND u.state IN ('active', 'paused')) AS follow_ups_that_end,
      (SELECT count(*) FROM subject s WHERE EXISTS (
         SELECT FROM message m WHERE m.workspace_id = current_workspace() AND m.contact_id = s.contact_id AND m.state IN ${went})) AS written_to,
      (SELECT count(DISTINCT t.stop_id) FROM (
         SELECT contact_id AS subject FROM subject
         UNION ALL SELECT email_key FROM subject WHERE email_key IS NOT NULL
         UNION ALL SELECT phone_key FROM subject WHERE phone_key IS NOT NULL
         UNION ALL SELECT a.key FROM subject s JOIN contact_address a ON a.contact_id = s.contact_id) k
       JOIN standing_stop t ON t.subject = k.subject) AS stops_kept`.execute(tx);
  return rows[0] ?? { follow_ups_that_end: 0, written_to: 0, stops_kept: 0 };
}

export interface Person {
  id: string;
  first_name: string;
  last_name: string;
  company: string;
  email: string | null;
  phone: string | null;
}

/** The first of the frozen contacts, so that the wrong one is noticed. */
export async function firstPeople(tx: Tx, deletionId: string, limit: number): Promise<Person[]> {
  const { rows } = await sql<Person>`
    SELECT c.id, c.first_name, c.last_name, c.company, c.email, c.phone
    FROM deletion_contact f JOIN contact c ON c.id = f.contact_id
    WHERE f.deletion_id = ${deletionId} ORDER BY f.position LIMIT ${limit}`.execute(tx);
  return rows;
}

/** Contacts of a selection that an external system owns: how many, and the first. */
export async function lockedOf(
  tx: Tx,
  selected: RawBuilder<unknown>,
  limit: number,
): Promise<{ count: number; first: string[] }> {
  const { rows } = await sql<{ count: number; first: string[] | null }>`
    WITH locked AS MATERIALIZED (
      SELECT s.id FROM (${selected}) s
      WHERE EXISTS (SELECT FROM contact_external_ref r
        WHERE r.workspace_id = current_workspace() AND r.contact_id = s.id AND r.deletion = 'locked'))
    SELECT (SELECT count(*) FROM locked) AS count,
           (SELECT array_agg(id) FROM (SELECT id FROM locked ORDER BY id LIMIT ${limit}) l) AS first`.execute(
    tx,
  );
  return { count: rows[0]?.count ?? 0, first: rows[0]?.first ?? [] };
}

/** Of named ids, those that the viewer sees, with whether they are in the bin. */
export async function visibleAmong(
  tx: Tx,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, { inBin: boolean }>> {
  const { rows } = await sql<{ id: string; in_bin: boolean }>`
    SELECT id, deletion_id IS NOT NULL AS in_bin FROM contact
    WHERE id = ANY(${[...ids]}::uuid[]) AND ${viewer.ownOnly ? sql`owner_id = ${viewer.userId}` : sql`true`}`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, { inBin: row.in_bin }]));
}

/** Live members of a list that somebody who sees only their own contacts does not see. */
export async function countUnseenMembers(tx: Tx, listId: string, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM list_member m JOIN live_contact c ON c.id = m.contact_id
    WHERE m.list_id = ${listId} AND c.owner_id IS DISTINCT FROM ${userId}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Campaigns that are not over and use the list. */
export async function campaignsUsing(tx: Tx, listId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM campaign_list l JOIN campaign c ON c.workspace_id = l.workspace_id AND c.id = l.campaign_id
    WHERE l.list_id = ${listId} AND c.state <> 'finished' ORDER BY c.id`.execute(tx);
  return rows.map((row) => row.id);
}

/** How many live contacts a list excludes. */
export async function countExclusions(tx: Tx, listId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM list_exclusion x JOIN live_contact c ON c.id = x.contact_id
    WHERE x.list_id = ${listId}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Which of the frozen contacts have ever been written to, of a batch. */
export async function writtenTo(tx: Tx, contactIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    SELECT DISTINCT contact_id FROM message
    WHERE contact_id = ANY(${[...contactIds]}::uuid[]) AND state IN ${went}`.execute(tx);
  return rows.map((row) => row.contact_id);
}
