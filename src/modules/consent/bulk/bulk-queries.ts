import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Channel } from "../../contacts/index.ts";
import { type NewLift, type StopRecord, stopRecord } from "../queries.ts";

export interface BulkAddress {
  channel: Channel;
  key: string;
  value: string;
}

/** The primary address of each contact that has one on the channel. */
export async function primaryAddresses(
  tx: Tx,
  contactIds: readonly string[],
  channel: Channel,
): Promise<Map<string, BulkAddress>> {
  const [key, value] =
    channel === "email"
      ? [sql.ref("email_key"), sql.ref("email")]
      : [sql.ref("phone_key"), sql.ref("phone")];
  const { rows } = await sql<{ id: string; key: string; value: string }>`
    SELECT id, ${key} AS key, ${value} AS value FROM live_contact
    WHERE id = ANY(${[...contactIds]}::uuid[]) AND ${key} IS NOT NULL`.execute(tx);
  return new Map(rows.map((row) => [row.id, { channel, key: row.key, value: row.value }]));
}

export async function findStops(tx: Tx, ids: readonly string[]): Promise<StopRecord[]> {
  const { rows } = await sql<StopRecord>`
    ${stopRecord} WHERE s.id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

/**
 * Ends these stops, those of them that still stand. Takes their fences first, in the order in which
 * claims and stops take them, for the reason that a single lift does. Answers which it ended.
 */
export async function insertLifts(tx: Tx, lifts: readonly NewLift[]): Promise<Set<string>> {
  const ids = lifts.map((lift) => lift.stopId);
  await sql`
    SELECT 1 FROM fence f WHERE f.subject IN (
      SELECT CASE WHEN s.subject_type = 'domain' THEN s.workspace_id ELSE s.subject END
      FROM standing_stop s WHERE s.stop_id = ANY(${ids}::uuid[]))
    ORDER BY f.subject FOR NO KEY UPDATE`.execute(tx);
  const { rows } = await sql<{ stop_id: string }>`
    DELETE FROM standing_stop WHERE stop_id = ANY(${ids}::uuid[]) RETURNING stop_id`.execute(tx);
  const ended = new Set(rows.map((row) => row.stop_id));
  const made = lifts.filter((lift) => ended.has(lift.stopId));
  await sql`
    INSERT INTO lift (workspace_id, id, stop_id, actor_type, actor_id, authorization_note, evidence)
    SELECT ${tx.workspaceId}, * FROM unnest(
      ${made.map((l) => l.id)}::uuid[], ${made.map((l) => l.stopId)}::uuid[], ${made.map((l) => l.actorType)}::text[],
      ${made.map((l) => l.actorId)}::uuid[], ${made.map((l) => l.authorization)}::text[],
      ${made.map((l) => JSON.stringify(l.evidence))}::jsonb[])`.execute(tx);
  return ended;
}
