import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import {
  decodeIdCursor,
  encodeCursor,
  idParams,
  page,
  pageQuery,
  type Route,
  route,
} from "../../../kernel/http/index.ts";
import { requireVisible, type Viewer } from "../../contacts/index.ts";
import { cancelledBy } from "./cancelled-by.ts";
import { messageSchema, presentMessage, presentStopped, stoppedMessageSchema } from "./present.ts";
import { findVisibleMessage, listMessagesOf, type MessageRecord } from "./queries.ts";

export const messageRoutes: Route[] = [
  route({
    method: "GET",
    path: "/messages/:id",
    permission: "contacts.view",
    summary: "One message, what became of it, and what stopped it",
    tag: "Messages",
    params: idParams,
    response: stoppedMessageSchema,
    async handler({ tx, caller, params }) {
      const message = await requireMessage(tx, caller, params.id);
      return presentStopped(message, await cancelledBy(tx, message));
    },
  }),
  route({
    method: "GET",
    path: "/contacts/:id/messages",
    permission: "contacts.view",
    summary: "A contact's messages, newest first",
    tag: "Messages",
    params: idParams,
    query: pageQuery,
    response: page(messageSchema),
    async handler({ tx, caller, params, query }) {
      await requireVisible(tx, caller, params.id);
      const before = query.cursor ? decodeIdCursor(query.cursor) : null;
      const rows = await listMessagesOf(tx, params.id, { before, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(presentMessage),
        next_cursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null,
      };
    },
  }),
];

/** Throws `not_found`, the same for a message that is not there and one to a contact whom the viewer may not see. */
export async function requireMessage(
  tx: Tx,
  viewer: Viewer,
  messageId: string,
): Promise<MessageRecord> {
  const message = await findVisibleMessage(tx, viewer, messageId);
  if (!message) throw new HeedError("not_found", "There is no such message.");
  return message;
}
