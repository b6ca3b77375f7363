import { z } from "zod";
import type { Tx } from "../../../kernel/database/index.ts";
import { id, rfc3339, time } from "../../../kernel/http/index.ts";
import { channelSchema } from "../../contacts/index.ts";
import { presentContactRef } from "../contact-ref.ts";
import { contactRefSchema } from "../fields.ts";
import type { CrmParts } from "./parts.ts";
import type { Conversation, ConversationMessage } from "./queries.ts";

export const stateSchema = z.enum(["open", "closed"]);
const direction = z.enum(["in", "out"]);

export const conversationSchema = z.object({
  id,
  contact: contactRefSchema,
  channel: channelSchema,
  subject: z.string(),
  state: stateSchema,
  unread: z.boolean(),
  last_at: time,
  last: z
    .object({ direction, text: z.string() })
    .nullable()
    .describe("The beginning of the latest message"),
  created_at: time,
});

export const conversationMessageSchema = z.object({
  id,
  conversation_id: id,
  direction,
  channel: channelSchema,
  subject: z.string(),
  text: z.string(),
  from_address: z.string(),
  to_address: z.string(),
  author_id: id.nullable(),
  mail_id: z.string().nullable().describe("Its Message-ID"),
  message_id: id.nullable().describe("The message of the outbox"),
  inbound_id: id.nullable(),
  fate: z
    .object({ state: z.string(), refusals: z.array(z.string()), because: z.string().nullable() })
    .nullable()
    .describe("What became of it, for one that was sent"),
  at: time,
});

export function presentConversation(row: Conversation): z.input<typeof conversationSchema> {
  return {
    id: row.id,
    contact: presentContactRef(row),
    channel: row.channel,
    subject: row.subject,
    state: row.state,
    unread: row.unread,
    last_at: rfc3339(row.last_at),
    last:
      row.last_direction === null
        ? null
        : { direction: row.last_direction, text: row.last_text ?? "" },
    created_at: rfc3339(row.created_at),
  };
}

/** Messages of a conversation with what became of those that were sent. */
export async function presentConversationMessages(
  tx: Tx,
  parts: CrmParts,
  rows: readonly ConversationMessage[],
): Promise<z.input<typeof conversationMessageSchema>[]> {
  const sent = rows.flatMap((row) => row.message_id ?? []);
  const fates = await parts.messageFates(tx, sent);
  return rows.map((row) => ({
    ...row,
    fate: (row.message_id && fates.get(row.message_id)) || null,
    at: rfc3339(row.at),
  }));
}
