import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Channel, Viewer } from "../../contacts/index.ts";
import type { NamedRow } from "../contact-ref.ts";
import type { Position } from "../cursor.ts";
import { contactName, mentions, seenBy } from "../shared-queries.ts";

export type ConversationState = "open" | "closed";
export type Direction = "in" | "out";

export interface Conversation extends NamedRow {
  id: string;
  contact_id: string;
  channel: Channel;
  subject: string;
  state: ConversationState;
  unread: boolean;
  last_at: Date;
  created_at: Date;
  /** The beginning of its latest message, and which way that went. */
  last_text: string | null;
  last_direction: Direction | null;
}

export interface ConversationMessage {
  id: string;
  conversation_id: string;
  direction: Direction;
  channel: Channel;
  subject: string;
  text: string;
  from_address: string;
  to_address: string;
  mail_id: string | null;
  message_id: string | null;
  inbound_id: string | null;
  author_id: string | null;
  at: Date;
}

const selectConversations = sql`
  SELECT v.id, v.contact_id, v.channel, v.subject, v.state, v.unread, v.last_at, v.created_at,
    last.text AS last_text, last.direction AS last_direction, ${contactName}
  FROM conversation v JOIN live_contact c ON c.id = v.contact_id
  LEFT JOIN LATERAL (
    SELECT left(m.text, 200) AS text, m.direction FROM conversation_message m
    WHERE m.conversation_id = v.id ORDER BY m.at DESC, m.id DESC LIMIT 1) last ON true`;

export async function selectConversation(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<Conversation | undefined> {
  const { rows } = await sql<Conversation>`
    ${selectConversations} WHERE v.id = ${id} AND ${seenBy(viewer)}`.execute(tx);
  return rows[0];
}

export interface ConversationSearch {
  contactId?: string;
  q?: string;
  state?: ConversationState;
  unread?: boolean;
  channel?: Channel;
}

/** Conversations, the one with the latest message first. */
export async function pageOfConversations(
  tx: Tx,
  viewer: Viewer,
  search: ConversationSearch,
  page: { after: Position | null; limit: number },
): Promise<Conversation[]> {
  const all: RawBuilder<unknown>[] = [seenBy(viewer)];
  if (search.contactId) all.push(sql`v.contact_id = ${search.contactId}`);
  if (search.state) all.push(sql`v.state = ${search.state}`);
  if (search.unread !== undefined) all.push(sql`v.unread = ${search.unread}`);
  if (search.channel) all.push(sql`v.channel = ${search.channel}`);
  if (search.q?.trim()) {
    const texts = sql`(SELECT string_agg(m.text, ' ') FROM conversation_message m WHERE m.conversation_id = v.id)`;
    all.push(mentions(search.q, [sql`v.subject`, texts]));
  }
  if (page.after)
    all.push(sql`(v.last_at, v.id) < (${page.after.at}::timestamptz, ${page.after.id}::uuid)`);
  const { rows } = await sql<Conversation>`
    ${selectConversations} WHERE ${sql.join(all, sql` AND `)}
    ORDER BY v.last_at DESC, v.id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** The messages of a conversation, the latest first. */
export async function pageOfMessages(
  tx: Tx,
  conversationId: string,
  page: { after: Position | null; limit: number },
): Promise<ConversationMessage[]> {
  const { after } = page;
  const { rows } = await sql<ConversationMessage>`
    SELECT id, conversation_id, direction, channel, subject, text, from_address, to_address, mail_id, message_id, inbound_id, author_id, at
    FROM conversation_message
    WHERE conversation_id = ${conversationId}
      AND ${after ? sql`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    ORDER BY at DESC, id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** One at a time per contact, so that two messages of one thread do not begin two conversations. */
export async function holdThreads(tx: Tx, contactId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`conversations ${contactId}`}, 0))`.execute(
    tx,
  );
}

/** Where a message stands already, by what it is the content of. */
export async function findAppended(
  tx: Tx,
  of: { messageId: string | null; inboundId: string | null },
): Promise<{ id: string; conversation_id: string } | undefined> {
  const { rows } = await sql<{ id: string; conversation_id: string }>`
    SELECT id, conversation_id FROM conversation_message
    WHERE message_id = ${of.messageId} OR inbound_id = ${of.inboundId} LIMIT 1`.execute(tx);
  return rows[0];
}

/** The contact's conversation that holds one of these mails, the latest first. */
export async function threadByMails(
  tx: Tx,
  contactId: string,
  mailIds: readonly string[],
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT v.id FROM conversation_message m JOIN conversation v ON v.id = m.conversation_id
    WHERE m.mail_id = ANY(${mailIds}::text[]) AND v.contact_id = ${contactId}
    ORDER BY m.at DESC LIMIT 1`.execute(tx);
  return rows[0]?.id;
}

/** The contact's latest conversation on a channel with this subject. */
export async function threadBySubject(
  tx: Tx,
  thread: { contactId: string; channel: Channel; threadSubject: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM conversation
    WHERE contact_id = ${thread.contactId} AND channel = ${thread.channel} AND thread_subject = ${thread.threadSubject}
    ORDER BY last_at DESC LIMIT 1`.execute(tx);
  return rows[0]?.id;
}

export async function insertConversation(
  tx: Tx,
  conversation: Pick<
    Conversation,
    "id" | "contact_id" | "channel" | "subject" | "last_at" | "created_at"
  > & { thread_subject: string },
): Promise<void> {
  await sql`
    INSERT INTO conversation (workspace_id, id, contact_id, channel, subject, thread_subject, last_at, created_at)
    VALUES (${tx.workspaceId}, ${conversation.id}, ${conversation.contact_id}, ${conversation.channel}, ${conversation.subject},
      ${conversation.thread_subject}, ${conversation.last_at}, ${conversation.created_at})`.execute(
    tx,
  );
}

/** Adds a message and brings its conversation up to date: what comes in opens it and is unread, an answer reads it. */
export async function insertConversationMessage(
  tx: Tx,
  message: ConversationMessage,
): Promise<void> {
  await sql`
    INSERT INTO conversation_message (workspace_id, id, conversation_id, direction, channel, subject, text,
      from_address, to_address, mail_id, message_id, inbound_id, author_id, at)
    VALUES (${tx.workspaceId}, ${message.id}, ${message.conversation_id}, ${message.direction}, ${message.channel}, ${message.subject},
      ${message.text}, ${message.from_address}, ${message.to_address}, ${message.mail_id}, ${message.message_id}, ${message.inbound_id},
      ${message.author_id}, ${message.at})`.execute(tx);
  const came = message.direction === "in";
  await sql`
    UPDATE conversation SET last_at = greatest(last_at, ${message.at}),
      unread = ${came ? sql`true` : message.author_id ? sql`false` : sql`unread`},
      state = ${came || message.author_id ? sql`'open'` : sql`state`}
    WHERE id = ${message.conversation_id}`.execute(tx);
}

export async function updateConversation(
  tx: Tx,
  id: string,
  fields: Pick<Conversation, "state" | "unread">,
): Promise<void> {
  await sql`UPDATE conversation SET state = ${fields.state}, unread = ${fields.unread} WHERE id = ${id}`.execute(
    tx,
  );
}

export async function removeConversation(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM conversation WHERE id = ${id}`.execute(tx);
}

export interface LetterRow {
  message_id: string;
  subject: string;
  text: string;
  /** Message-IDs of what was written in the conversation before, the oldest first. */
  before: string[];
}

/** What the sender needs to write these messages of its outbox. */
export async function selectLetters(tx: Tx, messageIds: readonly string[]): Promise<LetterRow[]> {
  const { rows } = await sql<LetterRow>`
    SELECT m.message_id, m.subject, m.text, ARRAY(
      SELECT p.mail_id FROM conversation_message p
      WHERE p.conversation_id = m.conversation_id AND p.mail_id IS NOT NULL AND (p.at, p.id) < (m.at, m.id)
      ORDER BY p.at, p.id) AS before
    FROM conversation_message m WHERE m.message_id = ANY(${messageIds}::uuid[])`.execute(tx);
  return rows;
}
