import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  id,
  page,
  pageQuery,
  type Route,
  rfc3339,
  route,
  time,
} from "../../../kernel/http/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { addToList, createList } from "../../lists/index.ts";
import { selectUnengaged } from "./queries.ts";

const mostOnList = 50_000;
const messages = z.coerce.number().int().min(1).max(1000).default(5);
const days = z.coerce.number().int().min(1).max(3650).default(90);
const counted =
  "Counts messages that were accepted or delivered; an answer or an opt-in in that time ends it. Opens and clicks are not tracked. Nobody is stopped by it.";

/** Whom nothing reaches any more: suggested, never stopped. */
export const unengagedRoutes: Route[] = [
  route({
    method: "GET",
    path: "/contacts/unengaged",
    permission: "contacts.view",
    summary: "Contacts who got many messages and never reacted",
    description: counted,
    tag: "Contacts",
    query: pageQuery.pick({ limit: true, cursor: true }).extend({ messages, days }),
    response: page(z.object({ contact_id: id, messages: z.number().int(), last_at: time })),
    async handler({ tx, caller, query }) {
      const found = await selectUnengaged(tx, {
        messages: query.messages,
        days: query.days,
        ownerId: caller.ownOnly ? caller.userId : null,
        after: query.cursor ? decodeIdCursor(query.cursor) : null,
        limit: query.limit,
      });
      const last = found.length === query.limit ? found.at(-1) : undefined;
      return {
        items: found.map((each) => ({ ...each, last_at: rfc3339(each.last_at) })),
        next_cursor: last ? encodeCursor([last.contact_id]) : null,
      };
    },
  }),
  route({
    method: "POST",
    path: "/lists/from-unengaged",
    permission: "lists.edit",
    summary: "Make a list of those contacts, for a person to decide on",
    description: counted,
    tag: "Lists",
    body: z.object({ name: z.string().trim().min(1).max(200), messages, days }),
    response: z.object({
      list_id: id,
      added: z.number().int(),
      complete: z.boolean().describe(`false when there are more than ${mostOnList}`),
    }),
    status: 201,
    async handler({ tx, caller, body }) {
      const found = await selectUnengaged(tx, {
        messages: body.messages,
        days: body.days,
        ownerId: caller.ownOnly ? caller.userId : null,
        after: null,
        limit: mostOnList,
      });
      const actor = actorOf(caller);
      const listId = await createList(tx, { name: body.name, actor });
      const contactIds = found.map((each) => each.contact_id);
      const { added } = await addToList(tx, { listId, contactIds, actor });
      return { list_id: listId, added: added.length, complete: found.length < mostOnList };
    },
  }),
];
