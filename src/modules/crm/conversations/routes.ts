import { z } from "zod";
import { idParams, page, pageQuery, type Route, route } from "../../../kernel/http/index.ts";
import { channelSchema, line, requireVisible } from "../../contacts/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { cutPage, readPosition } from "../cursor.ts";
import { block, searched } from "../fields.ts";
import { changeConversation } from "./change-conversation.ts";
import { deleteConversation } from "./delete-conversation.ts";
import { findConversations } from "./find-conversations.ts";
import type { CrmParts } from "./parts.ts";
import {
  conversationMessageSchema,
  conversationSchema,
  presentConversation,
  presentConversationMessages,
  stateSchema,
} from "./present.ts";
import { pageOfMessages } from "./queries.ts";
import { requireConversation } from "./require-conversation.ts";
import { answerSubject } from "./rules.ts";
import { writeMessage } from "./write-message.ts";

const tag = "Conversations";
const boolean = z.enum(["true", "false"]).transform((value) => value === "true");
const query = pageQuery.extend({
  q: searched,
  state: stateSchema.optional(),
  unread: boolean.optional(),
  channel: channelSchema.optional(),
});
const text = block(100_000);
const subject = line(300);
const conversationPage = page(conversationSchema);

export function conversationRoutes(parts: CrmParts): Route[] {
  return [
    route({
      method: "GET",
      path: "/conversations",
      permission: "contacts.view",
      summary: "Conversations, the one with the latest message first",
      tag,
      query,
      response: conversationPage,
      handler: ({ tx, caller, query }) => findConversations(tx, caller, query),
    }),
    route({
      method: "GET",
      path: "/contacts/:id/conversations",
      permission: "contacts.view",
      summary: "A contact's conversations, the one with the latest message first",
      tag,
      params: idParams,
      query,
      response: conversationPage,
      async handler({ tx, caller, params, query }) {
        await requireVisible(tx, caller, params.id);
        return findConversations(tx, caller, { ...query, contactId: params.id });
      },
    }),
    route({
      method: "POST",
      path: "/contacts/:id/conversations",
      permission: "contacts.edit",
      summary: "Write to a contact by hand; the gate decides, and its reasons are told",
      tag,
      params: idParams,
      body: z
        .object({ channel: channelSchema.default("email"), subject: subject.default(""), text })
        .refine(({ channel, subject }) => channel !== "email" || subject !== "", {
          path: ["subject"],
          message: "must not be empty: a mail has a subject",
        }),
      response: conversationSchema,
      status: 201,
      async handler({ tx, caller, params, body }) {
        await requireVisible(tx, caller, params.id);
        const { conversationId } = await writeMessage(tx, parts, {
          contactId: params.id,
          ...body,
          authorId: caller.userId,
          actor: actorOf(caller),
        });
        return presentConversation(await requireConversation(tx, caller, conversationId));
      },
    }),
    route({
      method: "GET",
      path: "/conversations/:id",
      permission: "contacts.view",
      summary: "One conversation; its messages are below it",
      tag,
      params: idParams,
      response: conversationSchema,
      handler: async ({ tx, caller, params }) =>
        presentConversation(await requireConversation(tx, caller, params.id)),
    }),
    route({
      method: "PATCH",
      path: "/conversations/:id",
      permission: "contacts.edit",
      summary: "Close or open a conversation, mark it read or unread",
      tag,
      params: idParams,
      body: z.object({ state: stateSchema, unread: z.boolean() }).partial(),
      response: conversationSchema,
      async handler({ tx, caller, params, body }) {
        await changeConversation(tx, {
          conversationId: params.id,
          changes: body,
          viewer: caller,
          actor: actorOf(caller),
        });
        return presentConversation(await requireConversation(tx, caller, params.id));
      },
    }),
    route({
      method: "DELETE",
      path: "/conversations/:id",
      permission: "contacts.edit",
      summary: "Delete a conversation with its messages for good",
      tag,
      params: idParams,
      handler: ({ tx, caller, params }) =>
        deleteConversation(tx, {
          conversationId: params.id,
          viewer: caller,
          actor: actorOf(caller),
        }),
    }),
    route({
      method: "GET",
      path: "/conversations/:id/messages",
      permission: "contacts.view",
      summary: "The messages of a conversation, the latest first",
      tag,
      params: idParams,
      query: pageQuery,
      response: page(conversationMessageSchema),
      async handler({ tx, caller, params, query }) {
        await requireConversation(tx, caller, params.id);
        const after = readPosition(query.cursor);
        const rows = await pageOfMessages(tx, params.id, { after, limit: query.limit + 1 });
        const { shown, next_cursor } = cutPage(rows, query.limit, (each) => [
          each.at.toISOString(),
          each.id,
        ]);
        return { items: await presentConversationMessages(tx, parts, shown), next_cursor };
      },
    }),
    route({
      method: "POST",
      path: "/conversations/:id/messages",
      permission: "contacts.edit",
      summary: "Answer in a conversation by hand; the gate decides, and its reasons are told",
      tag,
      params: idParams,
      body: z.object({ text, subject: subject.optional() }),
      response: conversationMessageSchema,
      status: 201,
      async handler({ tx, caller, params, body }) {
        const conversation = await requireConversation(tx, caller, params.id);
        await writeMessage(tx, parts, {
          contactId: conversation.contact_id,
          channel: conversation.channel,
          subject: body.subject || answerSubject(conversation.subject),
          text: body.text,
          conversationId: conversation.id,
          authorId: caller.userId,
          actor: actorOf(caller),
        });
        const rows = await pageOfMessages(tx, conversation.id, { after: null, limit: 1 });
        const [written] = await presentConversationMessages(tx, parts, rows);
        return written as NonNullable<typeof written>;
      },
    }),
  ];
}
