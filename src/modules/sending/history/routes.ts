import { z } from "zod";
import { HeedError } from "../../../kernel/errors.ts";
import {
  decodeCursor,
  encodeCursor,
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  route,
  time,
} from "../../../kernel/http/index.ts";
import { channelSchema, createdAt, requireVisible } from "../../contacts/index.ts";
import { requireMessage } from "../messages/routes.ts";
import { presentTimelineItem, presentWhy, timelineItemSchema, whySchema } from "./present.ts";
import { timelineOf } from "./timeline-queries.ts";
import { why } from "./why.ts";

const tag = "History";

export const historyRoutes: Route[] = [
  route({
    method: "GET",
    path: "/contacts/:id/timeline",
    permission: "contacts.view",
    summary: "Everything that happened to a contact, newest first",
    tag,
    params: idParams,
    query: pageQuery,
    response: page(timelineItemSchema),
    async handler({ tx, caller, params, query }) {
      const contact = await requireVisible(tx, caller, params.id);
      const rows = await timelineOf(
        tx,
        { id: contact.id, importId: contact.import_id, createdAt: createdAt(contact.id) },
        { before: query.cursor ? readCursor(query.cursor) : null, limit: query.limit + 1 },
      );
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(presentTimelineItem),
        next_cursor:
          rows.length > query.limit && last ? encodeCursor([last.position, last.id]) : null,
      };
    },
  }),
  route({
    method: "GET",
    path: "/contacts/:id/why",
    permission: "contacts.view",
    summary: "Why was this contact written to, or not, at a moment",
    description:
      "Rebuilt from stops and lifts by the same rule that decides sends, and from the messages around the moment; ledger entries prove it. Without `at`: now, or the end of the message named.",
    tag,
    params: idParams,
    query: z.object({
      at: time.optional(),
      message_id: id.optional(),
      channel: channelSchema.default("email"),
      topic_id: id.optional(),
      campaign_id: id.optional(),
    }),
    response: whySchema,
    async handler({ tx, caller, params, query }) {
      await requireVisible(tx, caller, params.id);
      const message = query.message_id ? await requireMessage(tx, caller, query.message_id) : null;
      if (message && message.contact_id !== params.id) {
        throw new HeedError("not_found", "This contact has no such message.");
      }
      return presentWhy(
        await why(tx, {
          contactId: params.id,
          at: query.at ? new Date(query.at) : null,
          message,
          channel: query.channel,
          topicId: query.topic_id ?? null,
          campaignId: query.campaign_id ?? null,
        }),
      );
    },
  }),
];

const cursorValues = z.tuple([z.iso.datetime({ precision: 6 }), z.string().max(100)]);

function readCursor(cursor: string): { position: string; id: string } {
  const values = cursorValues.safeParse(decodeCursor(cursor, 2));
  if (values.success) return { position: values.data[0], id: values.data[1] };
  throw new HeedError(
    "bad_cursor",
    "This cursor was not made by this list. Leave it out to begin at the first page.",
  );
}
