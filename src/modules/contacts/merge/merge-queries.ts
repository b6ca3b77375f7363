import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { FurtherAddress } from "../read-addresses.ts";
import type { Filled, Merged } from "./rules.ts";

export interface MergeRow {
  id: string;
  winner_id: string;
  loser_id: string;
  until: Date;
  filled: Filled;
}

export async function insertMerge(tx: Tx, merge: MergeRow): Promise<void> {
  await sql`
    INSERT INTO contact_merge (workspace_id, id, winner_id, loser_id, until, filled)
    VALUES (${tx.workspaceId}, ${merge.id}, ${merge.winner_id}, ${merge.loser_id}, ${merge.until}, ${JSON.stringify(merge.filled)}::jsonb)`.execute(
    tx,
  );
}

/** The last merge into a contact that can still be taken apart, locked; of a named loser, that one. */
export async function lockLastMerge(
  tx: Tx,
  winnerId: string,
  loserId: string | null,
): Promise<MergeRow | undefined> {
  const { rows } = await sql<MergeRow>`
    SELECT id, winner_id, loser_id, until, filled FROM contact_merge
    WHERE winner_id = ${winnerId} AND undone_at IS NULL AND until > now()
      AND ${loserId === null ? sql`true` : sql`loser_id = ${loserId}`}
    ORDER BY id DESC LIMIT 1 FOR UPDATE`.execute(tx);
  return rows[0];
}

export async function markUndone(tx: Tx, mergeId: string): Promise<void> {
  await sql`UPDATE contact_merge SET undone_at = now() WHERE id = ${mergeId}`.execute(tx);
}

/** The loser leaves the living, and no deletion has it. */
export async function markMerged(
  tx: Tx,
  loserId: string,
  winnerId: string,
  mergeId: string,
): Promise<void> {
  await sql`
    UPDATE contact SET deletion_id = ${mergeId}, merged_into = ${winnerId}, updated_at = now()
    WHERE id = ${loserId} AND deletion_id IS NULL`.execute(tx);
}

/** The loser lives again; false when another live contact has its identity by now. */
export async function markLive(tx: Tx, loserId: string, mergeId: string): Promise<boolean> {
  await sql`SAVEPOINT unmerge`.execute(tx);
  try {
    const { rows } = await sql`
      UPDATE contact SET deletion_id = NULL, merged_into = NULL, updated_at = now()
      WHERE id = ${loserId} AND deletion_id = ${mergeId} RETURNING id`.execute(tx);
    await sql`RELEASE SAVEPOINT unmerge`.execute(tx);
    return rows.length > 0;
  } catch (error) {
    await sql`ROLLBACK TO SAVEPOINT unmerge`.execute(tx);
    if ((error as { code?: string }).code === "23505") return false;
    throw error;
  }
}

/** When the person last answered, and when somebody dealt with it; the rest is an ordinary edit. */
export async function updateTimes(
  tx: Tx,
  contactId: string,
  times: Pick<Merged, "replied_at" | "processed_at">,
): Promise<void> {
  await sql`
    UPDATE contact SET replied_at = ${times.replied_at}, processed_at = ${times.processed_at}
    WHERE id = ${contactId}`.execute(tx);
}

/** Adds further addresses that the contact has not; answers the ids of those it added. */
export async function addFurther(
  tx: Tx,
  contactId: string,
  addresses: readonly (FurtherAddress & { id: string })[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO contact_address (workspace_id, id, contact_id, channel, value, key, domain_key)
    SELECT ${tx.workspaceId}, i, ${contactId}, c, v, k, d FROM unnest(
      ${addresses.map((a) => a.id)}::uuid[], ${addresses.map((a) => a.channel)}::text[], ${addresses.map((a) => a.value)}::text[],
      ${addresses.map((a) => a.key)}::uuid[], ${addresses.map((a) => a.domainKey)}::uuid[]) AS given (i, c, v, k, d)
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx);
  return rows.map((row) => row.id);
}

export async function deleteFurther(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`DELETE FROM contact_address WHERE id = ANY(${[...ids]}::uuid[])`.execute(tx);
}

/** A contact's further addresses with their domains' keys. */
export async function furtherOf(tx: Tx, contactId: string): Promise<FurtherAddress[]> {
  const { rows } = await sql<FurtherAddress>`
    SELECT channel, value, key, domain_key AS "domainKey" FROM contact_address
    WHERE contact_id = ${contactId} ORDER BY id`.execute(tx);
  return rows;
}

/** Notes rows that a merge moved or made, under a word of the module whose they are. */
export async function noteMoved(
  tx: Tx,
  mergeId: string,
  what: string,
  moved: readonly { id: string; detail?: Record<string, unknown> | null }[],
): Promise<void> {
  if (moved.length === 0) return;
  await sql`
    INSERT INTO contact_merge_moved (workspace_id, merge_id, what, row_id, detail)
    SELECT ${tx.workspaceId}, ${mergeId}, ${what}, * FROM unnest(
      ${moved.map((m) => m.id)}::uuid[], ${moved.map((m) => (m.detail ? JSON.stringify(m.detail) : null))}::jsonb[])`.execute(
    tx,
  );
}

/** What a merge noted under a word. */
export async function movedBy(
  tx: Tx,
  mergeId: string,
  what: string,
): Promise<{ id: string; detail: Record<string, unknown> | null }[]> {
  const { rows } = await sql<{ id: string; detail: Record<string, unknown> | null }>`
    SELECT row_id AS id, detail FROM contact_merge_moved
    WHERE merge_id = ${mergeId} AND what = ${what} ORDER BY row_id`.execute(tx);
  return rows;
}

/** Removes the rows of losers whose merge can no longer be taken apart. Answers how many. */
export async function purgeMerged(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql`
    DELETE FROM contact WHERE workspace_id = ${tx.workspaceId} AND merged_into IS NOT NULL AND id IN (
      SELECT loser_id FROM contact_merge WHERE undone_at IS NULL AND until <= now() ORDER BY id LIMIT ${limit})
    RETURNING id`.execute(tx);
  return rows.length;
}
