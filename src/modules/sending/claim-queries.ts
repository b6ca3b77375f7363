import { sql } from "kysely";
import type { PinnedConnection, Tx } from "../../kernel/database/index.ts";
import type { Channel } from "../contacts/index.ts";
import type { ClaimedMessage, MessageRef } from "./message.ts";

const refColumns = sql`m.id, m.campaign_id, m.follow_up_id, m.round, m.step, m.contact_id, m.channel, m.key`;

export type DueMessage = Omit<ClaimedMessage, "fences">;

/** A due message, with its due time to the microsecond, as PostgreSQL writes it. */
export type PickedMessage = DueMessage & { due: string };

export interface Picked {
  messages: PickedMessage[];
  /** The counters of their fences by subject, without those that are missing or that a stop holds. */
  fences: Map<string, number>;
  /** Whether the account has limits. */
  limited: boolean;
}

/** Where in an account's queue a pick ended. */
export interface Position {
  due: string;
  id: string;
}

const beginning: Position = { due: "-infinity", id: "00000000-0000-0000-0000-000000000000" };

/**
 * Locks the next due messages of an account, and then their fences FOR SHARE. What
 * another worker or a stop holds is passed over, not waited for: the stop in turn
 * waits for the messages that this claim has locked, to cancel them.
 *
 * The stops must be read in the NEXT statement: one that ran in this one's
 * snapshot would miss a stop that committed while the fences were being locked.
 */
export async function pickDue(
  tx: Tx,
  accountId: string,
  limit: number,
  after: Position | null,
): Promise<Picked> {
  const { due, id } = after ?? beginning;
  // As JSON: the planner cannot know how few these are, and would join them row by row.
  const { rows } = await sql<{
    messages: PickedMessage[] | null;
    fences: Record<string, number> | null;
    limited: boolean | null;
  }>`
    WITH picked AS MATERIALIZED (
      SELECT ${refColumns}, m.topic_id, m.preview_contact_id, m.address, m.attempts, m.faults, m.due_at, m.due_at::text AS due
      FROM message m
      WHERE m.workspace_id = ${tx.workspaceId} AND m.account_id = ${accountId} AND m.open AND m.state = 'queued' AND m.due_at <= now()
        AND (m.due_at, m.id) > (${due}::timestamptz, ${id}::uuid)
      ORDER BY m.due_at, m.id LIMIT ${limit} FOR UPDATE SKIP LOCKED),
    held AS MATERIALIZED (
      SELECT f.subject, f.counter FROM fence f
      WHERE f.workspace_id = ${tx.workspaceId} AND f.subject = ANY(ARRAY(
        SELECT coalesce(contact_id, key) FROM picked UNION SELECT key FROM picked UNION SELECT ${tx.workspaceId}::uuid))
      ORDER BY f.subject FOR SHARE SKIP LOCKED)
    SELECT (SELECT json_agg(p ORDER BY p.due_at, p.id) FROM picked p) AS messages,
      (SELECT json_object_agg(subject, counter) FROM held) AS fences,
      (SELECT per_second IS NOT NULL OR per_day IS NOT NULL FROM sending_account
       WHERE workspace_id = ${tx.workspaceId} AND id = ${accountId}) AS limited`.execute(tx);
  const picked = rows[0];
  return {
    messages: picked?.messages ?? [],
    fences: new Map(Object.entries(picked?.fences ?? {})),
    limited: picked?.limited ?? false,
  };
}

/**
 * Locks fences FOR SHARE that were not there when their messages were picked,
 * making them first (a share lock on a row that does not exist locks nothing),
 * and returns their counters. One that a stop holds is left out.
 */
export async function lockFences(
  tx: Tx,
  subjects: readonly string[],
): Promise<Map<string, number>> {
  const wanted = [...new Set(subjects)].sort();
  const there = await sql<{ subject: string }>`
    SELECT subject FROM fence WHERE subject = ANY(${wanted}::uuid[])`.execute(tx);
  const held = new Set(there.rows.map((row) => row.subject));
  const missing = wanted.filter((subject) => !held.has(subject));
  if (missing.length === 0) return new Map();
  // Here alone a claim may wait for a stop, which may wait for it: the claim gives way, long before a deadlock is found.
  await sql`SELECT set_config('lock_timeout', '300', true)`.execute(tx);
  await makeFences(tx, missing);
  return shareFences(tx, missing);
}

async function shareFences(tx: Tx, subjects: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ subject: string; counter: number }>`
    SELECT subject, counter FROM fence WHERE subject = ANY(${[...subjects]}::uuid[])
    ORDER BY subject FOR SHARE SKIP LOCKED`.execute(tx);
  return new Map(rows.map((row) => [row.subject, row.counter]));
}

/** Makes the fences that are missing, in subject order as everybody else takes them. */
export async function makeFences(tx: Tx, subjects: readonly string[]): Promise<void> {
  await sql`
    INSERT INTO fence (workspace_id, subject)
    SELECT ${tx.workspaceId}, s FROM (SELECT DISTINCT unnest(${[...subjects]}::uuid[]) AS s ORDER BY s) AS subjects
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** Contacts, also of the bin, whose primary address has one of these keys: their stops cover a test send to it. */
export async function holdersOf(
  tx: Tx,
  keys: readonly string[],
): Promise<{ key: string; contact_id: string }[]> {
  const { rows } = await sql<{ key: string; contact_id: string }>`
    SELECT email_key AS key, id AS contact_id FROM contact
    WHERE workspace_id = ${tx.workspaceId} AND email_key = ANY(${[...keys]}::uuid[])
    UNION SELECT phone_key, id FROM contact
    WHERE workspace_id = ${tx.workspaceId} AND phone_key = ANY(${[...keys]}::uuid[])`.execute(tx);
  return rows;
}

/** Locks these fences FOR SHARE, making those that are missing, and returns their counters; one that a stop holds is left out. */
export async function shareOrMake(
  tx: Tx,
  subjects: readonly string[],
): Promise<Map<string, number>> {
  const shared = await shareFences(tx, subjects);
  const missing = subjects.filter((subject) => !shared.has(subject));
  return missing.length === 0 ? shared : new Map([...shared, ...(await lockFences(tx, missing))]);
}

export interface Decision {
  contact_id: string;
  address: string | null;
  key: string | null;
  refusals: number;
}

/** The one decision, for the contacts of a batch in one purpose. */
export async function decideBatch(
  tx: Tx,
  purpose: { channel: Channel; topicId: string | null; campaignId: string | null },
  contactIds: readonly string[],
): Promise<Decision[]> {
  const { rows } = await sql<Decision>`
    SELECT s.contact_id, s.address, s.key, s.refusals
    FROM sending_status(${purpose.channel}::text, ${purpose.topicId}::uuid, ${purpose.campaignId}::uuid) s
    WHERE s.workspace_id = ${tx.workspaceId} AND s.contact_id = ANY(${[...contactIds]}::uuid[])`.execute(
    tx,
  );
  return rows;
}

/** The decision for a bare address (a test send). */
export async function decideAddress(
  tx: Tx,
  address: { channel: Channel; key: string; domainKey: string | null; rootKey: string | null },
): Promise<number> {
  const { rows } = await sql<{ refusals: number }>`
    SELECT address_status(${address.channel}::text, ${address.key}::uuid, ${address.domainKey}::uuid, ${address.rootKey}::uuid) AS refusals`.execute(
    tx,
  );
  return rows[0]?.refusals ?? 32;
}

export async function markClaimed(
  tx: Tx,
  workerId: string,
  messages: readonly ClaimedMessage[],
): Promise<void> {
  await sql`
    UPDATE message m SET state = 'claimed', claimed_at = clock_timestamp(), claimed_by = ${workerId}, attempts = m.attempts + 1,
      contact_fence = c.contact_fence, key_fence = c.key_fence, workspace_fence = c.workspace_fence
    FROM unnest(${messages.map((m) => m.id)}::uuid[], ${messages.map((m) => m.fences.contact)}::bigint[],
                ${messages.map((m) => m.fences.key)}::bigint[], ${messages.map((m) => m.fences.workspace)}::bigint[])
      AS c(id, contact_fence, key_fence, workspace_fence)
    WHERE m.workspace_id = ${tx.workspaceId} AND m.id = c.id`.execute(tx);
}

/** The contact's address changed after queueing: the message follows it and passes the gate anew. */
export async function readdress(
  tx: Tx,
  messages: readonly { id: string; address: string; key: string }[],
): Promise<void> {
  await sql`
    UPDATE message m SET address = a.address, key = a.key
    FROM unnest(${messages.map((m) => m.id)}::uuid[], ${messages.map((m) => m.address)}::text[], ${messages.map((m) => m.key)}::uuid[])
      AS a(id, address, key)
    WHERE m.workspace_id = ${tx.workspaceId} AND m.id = a.id`.execute(tx);
}

/** Cancels messages that the gate refused, keeping why. */
export async function markCancelled(
  tx: Tx,
  messages: readonly { id: string; refusals: number }[],
): Promise<void> {
  await sql`
    UPDATE message m SET state = 'cancelled', finished_at = clock_timestamp(), refusals = r.refusals
    FROM unnest(${messages.map((m) => m.id)}::uuid[], ${messages.map((m) => m.refusals)}::int[]) AS r(id, refusals)
    WHERE m.workspace_id = ${tx.workspaceId} AND m.id = r.id`.execute(tx);
}

const unmoved = `
  SELECT m.id
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[])
    AS m(id, contact_id, key, contact_fence, key_fence, workspace_fence)
  JOIN fence c ON c.workspace_id = $7 AND c.subject = m.contact_id AND c.counter = m.contact_fence
  JOIN fence k ON k.workspace_id = $7 AND k.subject = m.key AND k.counter = m.key_fence
  JOIN fence w ON w.workspace_id = $7 AND w.subject = $7 AND w.counter = m.workspace_fence`;

/** The same for test sends, whose contact fence is the sum of those of the contacts that hold the address: counters only grow. */
const unmovedTests = `
  SELECT m.id
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[])
    AS m(id, contact_id, key, contact_fence, key_fence, workspace_fence)
  JOIN fence k ON k.workspace_id = $7 AND k.subject = m.key AND k.counter = m.key_fence
  JOIN fence w ON w.workspace_id = $7 AND w.subject = $7 AND w.counter = m.workspace_fence
  WHERE m.contact_fence = (
    SELECT coalesce(sum(f.counter), 0) FROM fence f WHERE f.workspace_id = $7 AND f.subject IN (
      SELECT c.id FROM contact c WHERE c.workspace_id = $7 AND c.email_key = m.key
      UNION SELECT c.id FROM contact c WHERE c.workspace_id = $7 AND c.phone_key = m.key))`;

/**
 * Of claimed messages, those whose fences are exactly as the claim saw them: no
 * stop on them has committed since, so the claim's decision still holds.
 */
export async function withFencesUnmoved(
  connection: PinnedConnection,
  workspaceId: string,
  messages: readonly ClaimedMessage[],
): Promise<Set<string>> {
  const ask = (name: string, text: string, some: readonly ClaimedMessage[]) =>
    connection.query<{ id: string }>(name, text, [
      some.map((m) => m.id),
      some.map((m) => m.contact_id),
      some.map((m) => m.key),
      some.map((m) => m.fences.contact),
      some.map((m) => m.fences.key),
      some.map((m) => m.fences.workspace),
      workspaceId,
    ]);
  const rows = await ask("fences unmoved", unmoved, messages);
  const tests = messages.filter((m) => m.contact_id === null);
  if (tests.length > 0) rows.push(...(await ask("test fences unmoved", unmovedTests, tests)));
  return new Set(rows.map((row) => row.id));
}

/**
 * Cancels queued messages of these contacts and keys that the gate refuses now.
 * Messages outside the stop's scope (another campaign, topic or channel) stay.
 * Locked in the order of their ids, so that two stops on one person cannot deadlock.
 */
export async function cancelRefused(
  tx: Tx,
  subjects: readonly string[],
  stopId: string | null,
): Promise<(MessageRef & { refusals: number })[]> {
  const { rows } = await sql<MessageRef & { refusals: number }>`
    UPDATE message m SET state = 'cancelled', finished_at = clock_timestamp(), refusals = q.refusals, stop_id = ${stopId}
    FROM (
      SELECT o.id, s.refusals
      FROM (SELECT id, contact_id, channel, topic_id, campaign_id FROM message
            WHERE workspace_id = ${tx.workspaceId} AND state = 'queued' AND id IN (
              SELECT id FROM message WHERE workspace_id = ${tx.workspaceId} AND contact_id = ANY(${[...subjects]}::uuid[])
              UNION SELECT id FROM message WHERE workspace_id = ${tx.workspaceId} AND open AND key = ANY(${[...subjects]}::uuid[]))
            ORDER BY id FOR UPDATE) o
      JOIN LATERAL sending_status(o.channel, o.topic_id, o.campaign_id) s ON s.workspace_id = ${tx.workspaceId} AND s.contact_id = o.contact_id
      WHERE s.refusals <> 0
    ) q
    WHERE m.workspace_id = ${tx.workspaceId} AND m.id = q.id AND m.state = 'queued'
    RETURNING ${refColumns}, m.refusals`.execute(tx);
  return rows;
}

/** Messages of these contacts and keys that a worker has claimed and not finished; also test sends to a contact's address. */
export async function claimedOf(
  tx: Tx,
  subjects: readonly string[],
): Promise<{ message_id: string; state: string }[]> {
  const { rows } = await sql<{ message_id: string; state: string }>`
    SELECT id AS message_id, state FROM message WHERE state = 'claimed' AND contact_id = ANY(${[...subjects]}::uuid[])
    UNION SELECT id, state FROM message WHERE open AND state = 'claimed' AND key = ANY(${[...subjects]}::uuid[])
    UNION SELECT id, state FROM message WHERE open AND state = 'claimed' AND contact_id IS NULL AND key = ANY(ARRAY(
      SELECT unnest(ARRAY[email_key, phone_key]) FROM contact WHERE id = ANY(${[...subjects]}::uuid[])))`.execute(
    tx,
  );
  return rows;
}

/** Every claimed message with the address it goes to: no more than the connections of all workers can carry. */
export async function claimedToAddresses(
  tx: Tx,
): Promise<{ message_id: string; state: string; channel: Channel; address: string }[]> {
  const { rows } = await sql<{
    message_id: string;
    state: string;
    channel: Channel;
    address: string;
  }>`
    SELECT id AS message_id, state, channel, address FROM message
    WHERE workspace_id = ${tx.workspaceId} AND open AND state = 'claimed'`.execute(tx);
  return rows;
}

/** Those of these messages that are claimed. */
export async function stillClaimed(
  tx: Tx,
  ids: readonly string[],
): Promise<{ message_id: string; state: string }[]> {
  const { rows } = await sql<{ message_id: string; state: string }>`
    SELECT id AS message_id, state FROM message
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...ids]}::uuid[]) AND state = 'claimed'`.execute(
    tx,
  );
  return rows;
}
