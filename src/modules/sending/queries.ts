import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";
import type { MessageRef, MessageState, NewMessage } from "./message.ts";

/** Adds messages to the outbox; one that its enrolment step has already is left as it is (S13). Returns those added. */
export async function insertMessages(tx: Tx, messages: readonly NewMessage[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO message (workspace_id, id, campaign_id, follow_up_id, round, step, contact_id, preview_contact_id, channel, topic_id, address, key, account_id, due_at)
    SELECT ${tx.workspaceId}, * FROM unnest(
      ${messages.map((m) => m.id)}::uuid[], ${messages.map((m) => m.campaign_id)}::uuid[], ${messages.map((m) => m.follow_up_id)}::uuid[],
      ${messages.map((m) => m.round)}::int[], ${messages.map((m) => m.step)}::int[], ${messages.map((m) => m.contact_id)}::uuid[],
      ${messages.map((m) => m.preview_contact_id ?? null)}::uuid[], ${messages.map((m) => m.channel)}::text[], ${messages.map((m) => m.topic_id)}::uuid[],
      ${messages.map((m) => m.address)}::text[], ${messages.map((m) => m.key)}::uuid[], ${messages.map((m) => m.account_id)}::uuid[],
      ${messages.map((m) => m.due_at)}::timestamptz[])
    ON CONFLICT (workspace_id, follow_up_id, round, step) WHERE follow_up_id IS NOT NULL DO NOTHING
    RETURNING id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Takes queued messages back as if they had never been queued: pausing and removing a follow-up. */
export async function deleteQueued(
  tx: Tx,
  which: { campaignId: string } | { followUpIds: readonly string[] },
): Promise<{ id: string; follow_up_id: string | null; step: number }[]> {
  const { rows } = await sql<{ id: string; follow_up_id: string | null; step: number }>`
    DELETE FROM message WHERE open AND state = 'queued'
      AND ${"campaignId" in which ? sql`campaign_id = ${which.campaignId}` : sql`follow_up_id = ANY(${[...which.followUpIds]}::uuid[])`}
    RETURNING id, follow_up_id, step`.execute(tx);
  return rows;
}

export interface OutcomeRow {
  id: string;
  state: MessageState;
  response: string | null;
  provider_id: string | null;
  because: string | null;
  refusals: number | null;
  /** For a message that is tried again. */
  due_at: Date | null;
  /** 1 when the server was not reached. */
  faults: number;
}

/** Writes what came of claimed messages, and gives those written. A message that is no longer claimed keeps what it has. */
export async function recordOutcomes(
  tx: Tx,
  outcomes: readonly OutcomeRow[],
): Promise<Map<string, { account_id: string; finished_at: Date | null }>> {
  const { rows } = await sql<{ id: string; account_id: string; finished_at: Date | null }>`
    UPDATE message m SET state = o.state, response = o.response, provider_id = o.provider_id, because = o.because, refusals = o.refusals,
      due_at = coalesce(o.due_at, m.due_at), faults = m.faults + o.faults, hard_bounced = o.state = 'bounced',
      finished_at = CASE WHEN o.state = 'queued' THEN NULL ELSE clock_timestamp() END
    FROM unnest(${outcomes.map((o) => o.id)}::uuid[], ${outcomes.map((o) => o.state)}::text[], ${outcomes.map((o) => o.response)}::text[],
                ${outcomes.map((o) => o.provider_id)}::text[], ${outcomes.map((o) => o.because)}::text[], ${outcomes.map((o) => o.refusals)}::int[],
                ${outcomes.map((o) => o.due_at)}::timestamptz[], ${outcomes.map((o) => o.faults)}::int[])
      AS o(id, state, response, provider_id, because, refusals, due_at, faults)
    WHERE m.workspace_id = ${tx.workspaceId} AND m.id = o.id AND m.state = 'claimed'
    RETURNING m.id, m.account_id, m.finished_at`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Claimed messages whose worker is gone: nobody knows whether they went. */
export async function markOrphansUnknown(
  tx: Tx,
  liveWorkers: readonly string[],
): Promise<MessageRef[]> {
  const { rows } = await sql<MessageRef>`
    UPDATE message SET state = 'unknown', finished_at = clock_timestamp(), because = 'the worker died while handing it over'
    WHERE open AND state = 'claimed' AND claimed_at < now() - interval '10 seconds' AND claimed_by <> ALL(${[...liveWorkers]}::uuid[])
    RETURNING id, campaign_id, follow_up_id, round, step, contact_id, channel, key`.execute(tx);
  return rows;
}

export async function liveWorkers(tx: SystemTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM worker_process`.execute(tx);
  return rows.map((row) => row.id);
}

export async function workspacesWithClaims(tx: SystemTx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM workspace w
    WHERE EXISTS (SELECT 1 FROM message m WHERE m.workspace_id = w.workspace_id AND m.open AND m.state = 'claimed' AND m.claimed_at < now() - interval '10 seconds')`.execute(
    tx,
  );
  return rows.map((row) => row.workspace_id);
}

/** Accounts that have messages due now. */
export async function accountsWithDueMessages(
  tx: SystemTx,
): Promise<{ workspace_id: string; account_id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; account_id: string }>`
    SELECT a.workspace_id, a.id AS account_id FROM sending_account a
    WHERE EXISTS (SELECT 1 FROM message m WHERE m.workspace_id = a.workspace_id AND m.account_id = a.id
                    AND m.open AND m.state = 'queued' AND m.due_at <= now())`.execute(tx);
  return rows;
}

export interface MessageRow extends MessageRef {
  state: MessageState;
  address: string;
  attempts: number;
  account_id: string;
  due_at: Date;
  claimed_at: Date | null;
  finished_at: Date | null;
  refusals: number | null;
  because: string | null;
  stop_id: string | null;
  response: string | null;
  created_at: Date;
}

export async function findMessage(tx: Tx, id: string): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`SELECT * FROM message WHERE id = ${id}`.execute(tx);
  return rows[0];
}

export async function findMessages(tx: Tx, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<MessageRow>`
    SELECT * FROM message WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return rows;
}

/** The latest message that went to a contact on a channel. */
export async function lastMessageTo(
  tx: Tx,
  to: { contactId: string; channel: string },
): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    SELECT * FROM message
    WHERE contact_id = ${to.contactId} AND channel = ${to.channel} AND state NOT IN ('queued', 'claimed', 'cancelled', 'failed')
    ORDER BY id DESC LIMIT 1`.execute(tx);
  return rows[0];
}

/** Of accepted messages, those that went to a server by SMTP or into the sink, and not to a provider's API that carries them on. */
export async function takenByRecipients(
  tx: Tx,
  messages: readonly MessageRef[],
): Promise<MessageRef[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT m.id FROM message m
    JOIN sending_account a ON a.workspace_id = m.workspace_id AND a.id = m.account_id
    WHERE m.workspace_id = ${tx.workspaceId} AND m.id = ANY(${messages.map((m) => m.id)}::uuid[]) AND a.provider IN ('smtp', 'sink')`.execute(
    tx,
  );
  const direct = new Set(rows.map((row) => row.id));
  return messages.filter((message) => direct.has(message.id));
}

/** A contact's messages, newest first, up to a moment. */
export async function messagesOfContact(
  tx: Tx,
  contactId: string,
  page: { until: Date | null; limit: number },
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    SELECT * FROM message WHERE contact_id = ${contactId} AND ${page.until ? sql`created_at <= ${page.until}` : sql`true`}
    ORDER BY id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}
