import { z } from "zod";
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
import { isProblem, parseEmail, type Viewer } from "../../contacts/index.ts";
import { mailPage, mailPolicy } from "./page.ts";
import { presentKept, sinkMessageSchema } from "./present.ts";
import { findKept, type KeptMessage, listKept } from "./queries.ts";

const tag = "Sink";
const permission = "sink.view";

/** The embedded sink's mail, as its recipients would see it. */
export const sinkRoutes: Route[] = [
  route({
    method: "GET",
    path: "/sink",
    permission,
    summary: "Mail that the sink kept instead of sending it, newest first",
    tag,
    query: pageQuery.extend({
      to: z.string().max(400).optional().describe("One recipient's address"),
    }),
    response: page(sinkMessageSchema),
    async handler({ tx, caller, query }) {
      const before = query.cursor ? decodeIdCursor(query.cursor) : null;
      const to = query.to === undefined ? null : asWritten(query.to);
      const rows = await listKept(tx, caller, { to, before, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: await Promise.all(shown.map(presentKept)),
        next_cursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null,
      };
    },
  }),
  route({
    method: "GET",
    path: "/sink/:id",
    permission,
    summary: "One message of the sink",
    tag,
    params: idParams,
    response: sinkMessageSchema,
    handler: async ({ tx, caller, params }) =>
      presentKept(await requireKept(tx, caller, params.id)),
  }),
  route({
    method: "GET",
    path: "/sink/:id/raw",
    permission,
    summary: "One message of the sink, byte for byte, as a file",
    tag,
    params: idParams,
    produces: "message/rfc822",
    async handler({ tx, caller, params, reply }) {
      const kept = await requireKept(tx, caller, params.id);
      reply.type("message/rfc822").headers({
        "content-disposition": `attachment; filename="${kept.id}.eml"`,
        "cache-control": "private, no-store",
      });
      return kept.raw;
    },
  }),
  route({
    method: "GET",
    path: "/sink/:id/html",
    permission,
    summary: "One message of the sink as a page for a sandboxed frame",
    description:
      "Answered under a policy of its own: no script, nothing loaded from elsewhere; links open in new tabs.",
    tag,
    params: idParams,
    produces: "text/html",
    async handler({ tx, caller, params, reply }) {
      const mail = await presentKept(await requireKept(tx, caller, params.id));
      reply.type("text/html; charset=utf-8").headers({
        "content-security-policy": mailPolicy,
        "referrer-policy": "no-referrer",
        "cache-control": "private, no-store",
      });
      return mailPage(mail);
    },
  }),
];

/** The address as it stood in RCPT TO. What is no address finds nothing. */
function asWritten(to: string): string {
  const email = parseEmail(to);
  return isProblem(email) ? to : email.normalised;
}

async function requireKept(tx: Tx, viewer: Viewer, messageId: string): Promise<KeptMessage> {
  const kept = await findKept(tx, viewer, messageId);
  if (!kept) throw new HeedError("not_found", "The sink holds no such message.");
  return kept;
}
