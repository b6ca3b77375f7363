import { z } from "zod";
import { HeedError } from "../../../kernel/errors.ts";
import {
  decodeIdCursor,
  encodeCursor,
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  rfc3339,
  route,
  time,
} from "../../../kernel/http/index.ts";
import { correctReading } from "./correct-reading.ts";
import { inboxSchema, meaningSchema, present } from "./present.ts";
import {
  countWaiting,
  findInbound,
  findRaw,
  forgetPhrase,
  listInbox,
  listPhrases,
  markDone,
} from "./queries.ts";

const phraseSchema = z.object({
  phrase: z.string(),
  meaning: z.string(),
  made_by: id.nullable(),
  made_at: time,
});

function noMessage(): HeedError {
  return new HeedError("not_found", "There is no such message.");
}

export const inboxRoutes: Route[] = [
  route({
    method: "GET",
    path: "/inbox",
    permission: "contacts.view",
    summary: "What came in, with what was understood, why, and what was done",
    tag: "Inbox",
    query: pageQuery.extend({
      state: z.enum(["waiting", "done", "stored"]).optional().describe("waiting: for a person"),
      kind: z.string().max(40).optional(),
      meaning: z.string().max(40).optional(),
      channel: z.enum(["email", "sms", "whatsapp"]).optional(),
      contact_id: id.optional(),
      q: z.string().max(200).optional().describe("part of an address, name, subject or text"),
    }),
    response: page(inboxSchema),
    async handler({ tx, caller, query }) {
      const { contact_id: contactId, limit, cursor, count, ...filter } = query;
      const rows = await listInbox(
        tx,
        caller,
        { ...filter, ...(contactId ? { contactId } : {}) } as Parameters<typeof listInbox>[2],
        { before: cursor ? decodeIdCursor(cursor) : undefined, limit: limit + 1 },
      );
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(present),
        next_cursor: rows.length > limit && last ? encodeCursor([last.id]) : null,
        ...(count ? { count: await countWaiting(tx, caller) } : {}),
      };
    },
  }),
  route({
    method: "GET",
    path: "/inbox/:id",
    permission: "contacts.view",
    summary: "One message that came in",
    tag: "Inbox",
    params: idParams,
    response: inboxSchema,
    async handler({ tx, caller, params }) {
      const row = await findInbound(tx, caller, params.id);
      if (!row) throw noMessage();
      return present(row);
    },
  }),
  route({
    method: "GET",
    path: "/inbox/:id/raw",
    permission: "contacts.view",
    summary: "The message as it came, byte for byte",
    tag: "Inbox",
    params: idParams,
    produces: "message/rfc822",
    async handler({ tx, caller, params, reply }) {
      const raw = (await findInbound(tx, caller, params.id)) && (await findRaw(tx, params.id));
      if (!raw) throw noMessage();
      reply
        .type("message/rfc822")
        .header("content-disposition", `attachment; filename="${params.id}.eml"`);
      return raw;
    },
  }),
  route({
    method: "POST",
    path: "/inbox/:id/classification",
    permission: "contacts.view",
    summary: "Say what an answer means; what the old reading stopped by mistake is lifted",
    description:
      "Correcting a reading that made a stop to one that makes none needs contacts.reactivate.",
    tag: "Inbox",
    params: idParams,
    body: z.object({
      meaning: meaningSchema,
      remember: z
        .string()
        .trim()
        .min(3)
        .max(200)
        .nullish()
        .describe("a phrase of the answer that means this from now on, in this workspace"),
    }),
    response: inboxSchema,
    async handler({ tx, caller, params, body }) {
      await correctReading(tx, {
        id: params.id,
        meaning: body.meaning,
        remember: body.remember ?? null,
        caller,
      });
      const row = await findInbound(tx, caller, params.id);
      if (!row) throw noMessage();
      return present(row);
    },
  }),
  route({
    method: "POST",
    path: "/inbox/:id/done",
    permission: "contacts.view",
    summary: "A person has dealt with it",
    tag: "Inbox",
    params: idParams,
    response: inboxSchema,
    async handler({ tx, caller, params }) {
      if (!(await findInbound(tx, caller, params.id))) throw noMessage();
      await markDone(tx, params.id);
      return present(
        (await findInbound(tx, caller, params.id)) as NonNullable<
          Awaited<ReturnType<typeof findInbound>>
        >,
      );
    },
  }),
  route({
    method: "GET",
    path: "/inbox-phrases",
    permission: "contacts.view",
    summary: "Phrases that corrections taught this workspace",
    tag: "Inbox",
    response: z.object({ items: z.array(phraseSchema) }),
    handler: async ({ tx }) => ({
      items: (await listPhrases(tx)).map((each) => ({ ...each, made_at: rfc3339(each.made_at) })),
    }),
  }),
  route({
    method: "DELETE",
    path: "/inbox-phrases",
    permission: "contacts.edit",
    summary: "Forget a phrase",
    tag: "Inbox",
    query: z.object({ phrase: z.string().max(200) }),
    async handler({ tx, query }) {
      if (!(await forgetPhrase(tx, query.phrase))) {
        throw new HeedError("not_found", "This workspace remembers no such phrase.");
      }
    },
  }),
];
