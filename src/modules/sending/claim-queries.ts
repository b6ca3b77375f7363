import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
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
