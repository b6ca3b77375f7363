import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import type { MessageRow } from "../queries.ts";

/** A message with everything that is known of its fate. */
export interface MessageRecord extends MessageRow {
  topic_id: string | null;
  provider_id: string | null;
  contact_fence: number | null;
  key_fence: number | null;
  workspace_fence: number | null;
}

const columns = sql`m.id, m.campaign_id, m.follow_up_id, m.round, m.step, m.contact_id, m.channel, m.key, m.state, m.address, m.attempts,
  m.account_id, m.due_at, m.claimed_at, m.finished_at, m.refusals, m.because, m.stop_id, m.response, m.created_at, m.topic_id,
  m.provider_id, m.contact_fence, m.key_fence, m.workspace_fence`;

/**
 * A message that the viewer may see: one to a contact of theirs that is not in
 * the bin, or a test, which is for those who see every contact.
 */
export async function findVisibleMessage(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<MessageRecord | undefined> {
  const { rows } = await sql<MessageRecord>`
    SELECT ${columns} FROM message m LEFT JOIN live_contact c ON c.id = m.contact_id
    WHERE m.id = ${id} AND ${
      viewer.ownOnly
        ? sql`c.owner_id = ${viewer.userId}`
        : sql`(c.id IS NOT NULL OR m.contact_id IS NULL)`
    }`.execute(tx);
  return rows[0];
}

/** A contact's messages, newest first. */
export async function listMessagesOf(
  tx: Tx,
  contactId: string,
  page: { before: string | null; limit: number },
): Promise<MessageRecord[]> {
  const { rows } = await sql<MessageRecord>`
    SELECT ${columns} FROM message m
    WHERE m.contact_id = ${contactId} AND ${page.before ? sql`m.id < ${page.before}` : sql`true`}
    ORDER BY m.id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/**
 * A contact's messages on a channel that were open or ended within `hours` of a
 * moment, the nearest first.
 */
export async function messagesAround(
  tx: Tx,
  contactId: string,
  around: { at: Date; channel: string; hours: number; limit: number },
): Promise<MessageRecord[]> {
  const span = sql`make_interval(hours => ${around.hours})`;
  const { rows } = await sql<MessageRecord>`
    SELECT ${columns} FROM message m
    WHERE m.contact_id = ${contactId} AND m.channel = ${around.channel}
      AND m.created_at <= ${around.at}::timestamptz + ${span}
      AND coalesce(m.finished_at, 'infinity') >= ${around.at}::timestamptz - ${span}
    ORDER BY CASE WHEN m.created_at > ${around.at} THEN m.created_at - ${around.at}::timestamptz
                  WHEN m.finished_at < ${around.at} THEN ${around.at}::timestamptz - m.finished_at
                  ELSE interval '0' END, m.id DESC
    LIMIT ${around.limit}`.execute(tx);
  return rows;
}

/** The topic that a message was sent for, or null; also when there is no such message. */
export async function topicOfMessage(tx: Tx, messageId: string): Promise<string | null> {
  const { rows } = await sql<{
    topic_id: string | null;
  }>`SELECT topic_id FROM message WHERE id = ${messageId}`.execute(tx);
  return rows[0]?.topic_id ?? null;
}

export async function selectFates(
  tx: Tx,
  ids: readonly string[],
): Promise<Pick<MessageRow, "id" | "state" | "refusals" | "because">[]> {
  const { rows } = await sql<Pick<MessageRow, "id" | "state" | "refusals" | "because">>`
    SELECT id, state, refusals, because FROM message WHERE id = ANY(${ids}::uuid[])`.execute(tx);
  return rows;
}
