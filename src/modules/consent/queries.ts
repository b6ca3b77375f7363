import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Stop } from "./kinds.ts";

/** A stop about to be made: everything resolved, nothing written yet. */
export interface StopRow extends Omit<Stop, "made_at"> {
  contact_id: string | null;
  address: string | null;
  because: string;
  evidence: Record<string, unknown>;
}

/**
 * Bumps the fence of each subject and returns the new counters. Waits for every
 * claim that holds one of them. In subject order, as claims lock, so that
 * neither can deadlock with the other.
 */
export async function bumpFences(
  tx: Tx,
  subjects: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ subject: string; counter: number }>`
    INSERT INTO fence AS f (workspace_id, subject, counter)
    SELECT ${tx.workspaceId}, s, 1 FROM (SELECT DISTINCT unnest(${[...subjects]}::uuid[]) AS s ORDER BY s) AS subjects
    ON CONFLICT (workspace_id, subject) DO UPDATE SET counter = f.counter + 1
    RETURNING subject, counter`.execute(tx);
  return new Map(rows.map((row) => [row.subject, row.counter]));
}

/** Contacts that hold one of these keys as a further address: their claims lock the contact, not that key. */
export async function contactsWithFurtherAddress(
  tx: Tx,
  keys: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    SELECT DISTINCT contact_id FROM contact_address WHERE key = ANY(${[...keys]}::uuid[])`.execute(
    tx,
  );
  return rows.map((row) => row.contact_id);
}

/** Adds the stops that do not stand yet to the projection. Returns the ids of those it added. */
export async function insertStanding(tx: Tx, stops: readonly StopRow[]): Promise<Set<string>> {
  const { rows } = await sql<{ stop_id: string }>`
    INSERT INTO standing_stop (workspace_id, stop_id, subject, subject_type, kind, cause, channel, topic_id, campaign_id, direction, made_at)
    SELECT ${tx.workspaceId}, s.*, clock_timestamp() FROM unnest(
      ${stops.map((s) => s.id)}::uuid[], ${stops.map((s) => s.subject)}::uuid[], ${stops.map((s) => s.subject_type)}::text[],
      ${stops.map((s) => s.kind)}::text[], ${stops.map((s) => s.cause)}::text[], ${stops.map((s) => s.channel)}::text[],
      ${stops.map((s) => s.topic_id)}::uuid[], ${stops.map((s) => s.campaign_id)}::uuid[], ${stops.map((s) => s.direction)}::text[]) AS s
    ON CONFLICT (workspace_id, subject, kind, channel, topic_id, campaign_id, cause, direction) DO NOTHING
    RETURNING stop_id`.execute(tx);
  return new Set(rows.map((row) => row.stop_id));
}

export async function insertStops(
  tx: Tx,
  stops: readonly (StopRow & { generation: number })[],
): Promise<void> {
  await sql`
    WITH named AS (
      INSERT INTO stop_detail (workspace_id, stop_id, address, because, evidence)
      SELECT ${tx.workspaceId}, * FROM unnest(
        ${stops.map((s) => s.id)}::uuid[], ${stops.map((s) => s.address)}::text[],
        ${stops.map((s) => s.because)}::text[], ${stops.map((s) => JSON.stringify(s.evidence))}::jsonb[]))
    INSERT INTO stop (workspace_id, id, kind, cause, subject_type, subject, channel, topic_id, campaign_id, direction, actor_type, actor_id, generation)
    SELECT ${tx.workspaceId}, * FROM unnest(
      ${stops.map((s) => s.id)}::uuid[], ${stops.map((s) => s.kind)}::text[], ${stops.map((s) => s.cause)}::text[],
      ${stops.map((s) => s.subject_type)}::text[], ${stops.map((s) => s.subject)}::uuid[], ${stops.map((s) => s.channel)}::text[],
      ${stops.map((s) => s.topic_id)}::uuid[], ${stops.map((s) => s.campaign_id)}::uuid[], ${stops.map((s) => s.direction)}::text[],
      ${stops.map((s) => s.actor_type)}::text[], ${stops.map((s) => s.actor_id)}::uuid[], ${stops.map((s) => s.generation)}::bigint[])`.execute(
    tx,
  );
}

/** For each of these, the stop that stands already with its subject, kind, scope and cause: its own id to the standing one's. */
export async function findStanding(
  tx: Tx,
  stops: readonly StopRow[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; stop_id: string }>`
    SELECT s.id, t.stop_id FROM unnest(
      ${stops.map((s) => s.id)}::uuid[], ${stops.map((s) => s.subject)}::uuid[], ${stops.map((s) => s.kind)}::text[], ${stops.map((s) => s.cause)}::text[],
      ${stops.map((s) => s.channel)}::text[], ${stops.map((s) => s.topic_id)}::uuid[], ${stops.map((s) => s.campaign_id)}::uuid[], ${stops.map((s) => s.direction)}::text[])
      AS s(id, subject, kind, cause, channel, topic_id, campaign_id, direction)
    JOIN standing_stop t ON t.workspace_id = ${tx.workspaceId} AND t.subject = s.subject AND t.kind = s.kind AND t.cause = s.cause AND t.direction = s.direction
     AND t.channel IS NOT DISTINCT FROM s.channel AND t.topic_id IS NOT DISTINCT FROM s.topic_id
     AND t.campaign_id IS NOT DISTINCT FROM s.campaign_id`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.stop_id]));
}

/** A stop with its lift, if it has one, and what may name a person. */
export interface StopRecord extends Stop {
  address: string | null;
  because: string;
  evidence: Record<string, unknown>;
  standing: boolean;
  lifted_at: Date | null;
  lifted_by_type: string | null;
  lifted_by: string | null;
  lift_authorization: string | null;
}

/** Columns and joins of a StopRecord, to be narrowed by a WHERE on s, d and l. */
export const stopRecord = sql`
  SELECT s.id, s.kind, s.cause, s.subject_type, s.subject, s.channel, s.topic_id, s.campaign_id, s.direction,
         s.actor_type, s.actor_id, s.made_at, d.address, coalesce(d.because, '') AS because, coalesce(d.evidence, '{}') AS evidence, l.id IS NULL AS standing,
         l.lifted_at, l.actor_type AS lifted_by_type, l.actor_id AS lifted_by, l.authorization_note AS lift_authorization
  FROM stop s
  LEFT JOIN stop_detail d ON d.workspace_id = s.workspace_id AND d.stop_id = s.id
  LEFT JOIN lift l ON l.workspace_id = s.workspace_id AND l.stop_id = s.id`;

export async function findStop(tx: Tx, id: string): Promise<StopRecord | undefined> {
  const { rows } = await sql<StopRecord>`${stopRecord} WHERE s.id = ${id}`.execute(tx);
  return rows[0];
}

/** Every stop ever made on any of these subjects, newest first, with lifts. */
export async function stopsOfSubjects(tx: Tx, subjects: readonly string[]): Promise<StopRecord[]> {
  const { rows } = await sql<StopRecord>`
    ${stopRecord} WHERE s.subject = ANY(${[...subjects]}::uuid[]) ORDER BY s.made_at DESC, s.id DESC`.execute(
    tx,
  );
  return rows;
}

/** Every id and key that a stop on this contact may be bound to. */
export async function subjectsOfContact(tx: Tx, contactId: string): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`
    SELECT unnest(array_remove(ARRAY[id, email_key, email_domain_key, email_root_key, phone_key], NULL)) AS subject
    FROM contact WHERE id = ${contactId}
    UNION SELECT key FROM contact_address WHERE contact_id = ${contactId}`.execute(tx);
  return rows.map((row) => row.subject);
}

export interface NewLift {
  id: string;
  stopId: string;
  actorType: string;
  actorId: string | null;
  authorization: string;
  evidence: Record<string, unknown>;
}

/**
 * Ends a stop: false when a lift ended it already. Takes the stop's fence first, so
 * that whoever makes the same stop at this moment either finds it standing for good
 * or makes it anew; without it they would be told of a stop that is just being lifted.
 */
export async function insertLift(tx: Tx, lift: NewLift): Promise<boolean> {
  await sql`
    SELECT 1 FROM standing_stop s
    JOIN fence f ON f.workspace_id = s.workspace_id
     AND f.subject = CASE WHEN s.subject_type = 'domain' THEN s.workspace_id ELSE s.subject END
    WHERE s.stop_id = ${lift.stopId} FOR NO KEY UPDATE OF f`.execute(tx);
  const ended =
    await sql`DELETE FROM standing_stop WHERE stop_id = ${lift.stopId} RETURNING stop_id`.execute(
      tx,
    );
  if (ended.rows.length === 0) return false;
  await insertLiftRecord(tx, lift);
  return true;
}

/** The record alone, of a lift whose stop is not in the projection (a replay of the journal). */
export async function insertLiftRecord(tx: Tx, lift: NewLift): Promise<void> {
  await sql`
    INSERT INTO lift (workspace_id, id, stop_id, actor_type, actor_id, authorization_note, evidence)
    VALUES (${tx.workspaceId}, ${lift.id}, ${lift.stopId}, ${lift.actorType}, ${lift.actorId}, ${lift.authorization}, ${JSON.stringify(lift.evidence)}::jsonb)`.execute(
    tx,
  );
}

/** The primary keys and addresses of a live contact, or of one in the bin. */
export async function findAddresses(
  tx: Tx,
  contactId: string,
): Promise<
  | {
      email: string | null;
      email_key: string | null;
      phone: string | null;
      phone_key: string | null;
    }
  | undefined
> {
  const { rows } = await sql<{
    email: string | null;
    email_key: string | null;
    phone: string | null;
    phone_key: string | null;
  }>`
    SELECT email, email_key, phone, phone_key FROM contact WHERE id = ${contactId}`.execute(tx);
  return rows[0];
}

/** Which of these stop ids are recorded. */
export async function knownStops(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM stop WHERE id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

/**
 * Stops of the kinds that are bound to a contact and stand on this one: also those that an earlier
 * contact with its address left on that address when it was deleted.
 */
export async function standingOnContact(tx: Tx, contactId: string): Promise<StopRecord[]> {
  const { rows } = await sql<StopRecord>`
    ${stopRecord} WHERE s.kind IN ('deactivation', 'do_not_contact', 'do_not_disturb') AND l.id IS NULL
      AND s.subject IN (SELECT unnest(ARRAY[id, email_key, phone_key]) FROM contact WHERE id = ${contactId})
    ORDER BY s.made_at`.execute(tx);
  return rows;
}

export interface BoundStop
  extends Pick<
    StopRow,
    | "kind"
    | "cause"
    | "channel"
    | "topic_id"
    | "campaign_id"
    | "direction"
    | "contact_id"
    | "because"
  > {
  stop_id: string;
  key: string;
  address: string;
}

/**
 * For each stop that stands on one of these contacts, each address of theirs that its channel
 * goes to: what it must also stand on once the contact is gone.
 */
export async function stopsToRebind(tx: Tx, contactIds: readonly string[]): Promise<BoundStop[]> {
  const { rows } = await sql<BoundStop>`
    SELECT s.stop_id, s.kind, s.cause, s.channel, s.topic_id, s.campaign_id, s.direction,
           s.subject AS contact_id, coalesce(d.because, '') AS because, a.key, a.value AS address
    FROM standing_stop s
    JOIN contact c ON c.workspace_id = s.workspace_id AND c.id = s.subject
    LEFT JOIN stop_detail d ON d.workspace_id = s.workspace_id AND d.stop_id = s.stop_id
    CROSS JOIN LATERAL (
      SELECT c.email_key, c.email, true WHERE c.email_key IS NOT NULL
      UNION SELECT c.phone_key, c.phone, false WHERE c.phone_key IS NOT NULL
      UNION SELECT x.key, x.value, x.channel = 'email' FROM contact_address x
        WHERE x.workspace_id = c.workspace_id AND x.contact_id = c.id) AS a (key, value, is_email)
    WHERE s.workspace_id = ${tx.workspaceId} AND s.subject = ANY(${[...contactIds]}::uuid[])
      AND (s.channel IS NULL OR (s.channel = 'email') = a.is_email)
    ORDER BY s.stop_id, a.key`.execute(tx);
  return rows;
}

/** Live contacts that a stop on this subject covers by id or by primary address. */
export async function contactsOfSubject(tx: Tx, subject: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM live_contact WHERE id = ${subject}
    UNION SELECT id FROM live_contact WHERE email_key = ${subject}
    UNION SELECT id FROM live_contact WHERE phone_key = ${subject} LIMIT 20`.execute(tx);
  return rows.map((row) => row.id);
}

export async function campaignExists(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM campaign WHERE id = ${id}`.execute(tx);
  return rows.length > 0;
}

/** Whether a claim or a stop ever named this key: it has a fence from then on. */
export async function hasFence(tx: Tx, key: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM fence WHERE workspace_id = ${tx.workspaceId} AND subject = ${key}`.execute(tx);
  return rows.length > 0;
}

/** Which of these stops still stand. */
export async function stopsStanding(tx: Tx, stopIds: readonly string[]): Promise<string[]> {
  if (stopIds.length === 0) return [];
  const { rows } = await sql<{ stop_id: string }>`
    SELECT stop_id FROM standing_stop WHERE stop_id = ANY(${[...stopIds]}::uuid[]) ORDER BY stop_id`.execute(
    tx,
  );
  return rows.map((row) => row.stop_id);
}
