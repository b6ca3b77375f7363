import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import type { Channel } from "../../contacts/index.ts";
import { findThread } from "./find-thread.ts";
import {
  type Direction,
  findAppended,
  holdThreads,
  insertConversation,
  insertConversationMessage,
} from "./queries.ts";
import { bareSubject, plainMailId, threadSubject } from "./rules.ts";

export interface Appended {
  contactId: string;
  channel: Channel;
  direction: Direction;
  subject: string;
  text: string;
  at: Date;
  fromAddress?: string;
  toAddress?: string;
  /** The sender's message that this is the content of. */
  messageId?: string | null;
  /** The incoming mail or text that this is the content of. */
  inboundId?: string | null;
  /** Its own Message-ID, and those that it answers, the nearest first; with or without angle brackets. */
  mailId?: string | null;
  answers?: readonly string[];
  /** The user who wrote it by hand. */
  authorId?: string | null;
  /** Where it belongs, when that is known. */
  conversationId?: string;
}

/**
 * Puts a message that came or went into the conversation where it belongs, or
 * begins one. The same messageId or inboundId a second time changes nothing and
 * answers where it stands (`added: false`).
 */
export async function appendToConversation(
  tx: Tx,
  message: Appended,
): Promise<{ conversationId: string; id: string; added: boolean }> {
  await holdThreads(tx, message.contactId);
  const known = await findAppended(tx, {
    messageId: message.messageId ?? null,
    inboundId: message.inboundId ?? null,
  });
  if (known) return { conversationId: known.conversation_id, id: known.id, added: false };
  const conversationId =
    message.conversationId ?? (await findThread(tx, message)) ?? (await begin(tx, message));
  const id = newId();
  await insertConversationMessage(tx, {
    id,
    conversation_id: conversationId,
    direction: message.direction,
    channel: message.channel,
    subject: storable(message.subject),
    text: storable(message.text),
    from_address: storable(message.fromAddress ?? ""),
    to_address: storable(message.toAddress ?? ""),
    mail_id: plainMailId(message.mailId),
    message_id: message.messageId ?? null,
    inbound_id: message.inboundId ?? null,
    author_id: message.authorId ?? null,
    at: message.at,
  });
  return { conversationId, id, added: true };
}

async function begin(tx: Tx, message: Appended): Promise<string> {
  const id = newId();
  const subject = storable(message.subject);
  await insertConversation(tx, {
    id,
    contact_id: message.contactId,
    channel: message.channel,
    subject: bareSubject(subject),
    thread_subject: threadSubject(subject),
    last_at: message.at,
    created_at: new Date(),
  });
  return id;
}

/** PostgreSQL keeps no NUL in a text; mail from outside may hold one. */
function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
