import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  rfc3339,
  rfc3339OrNull,
  route,
  time,
} from "../../kernel/http/index.ts";
import { channelSchema } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { certificateOf, linesOf } from "./certificate.ts";
import {
  completeRequest,
  openRequest,
  previewRequest,
  requireRequest,
} from "./erasure-requests.ts";
import { onePagePdf } from "./pdf.ts";
import { performerOf } from "./performer.ts";
import { type ErasureRequest, pageOfRequests } from "./request-queries.ts";
import { deadline } from "./rules.ts";
import { presentPreview, previewSchema } from "./schemas.ts";

const tag = "Erasure";
const permission = "contacts.erase";

const requestSchema = z.object({
  id,
  reference: z.string(),
  contact_id: id.nullable(),
  channel: z.string().nullable(),
  address: z.string().nullable().describe("Until it is erased"),
  received_at: time,
  due_at: time,
  status: z.enum(["open", "due_soon", "overdue", "done"]),
  deletion_id: id.nullable().describe("The erasure that answered it, and its certificate"),
  done_at: time.nullable(),
  created_at: time,
});

function present(request: ErasureRequest): z.input<typeof requestSchema> {
  return {
    id: request.id,
    reference: request.reference,
    contact_id: request.contact_id,
    channel: request.channel,
    address: request.address,
    received_at: rfc3339(request.received_at),
    due_at: rfc3339(request.due_at),
    status: deadline(request, new Date()),
    deletion_id: request.deletion_id,
    done_at: rfc3339OrNull(request.done_at),
    created_at: rfc3339(request.created_at),
  };
}

/** People who asked to be forgotten, and the proof that they were. */
export const erasureRoutes: Route[] = [
  route({
    method: "POST",
    path: "/erasure-requests",
    permission,
    summary: "Note that somebody asked to be forgotten",
    tag,
    body: z.object({
      reference: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .refine((value) => !/[\0\p{Cc}]/u.test(value), "holds a control character")
        .describe("Your own number for it; never a name: it stands on the certificate"),
      received_at: time.optional(),
      due_at: time.optional().describe("One month after it was received, when left out"),
      contact_id: id.optional(),
      address: z.object({ channel: channelSchema, value: z.string().max(320) }).optional(),
    }),
    response: requestSchema,
    status: 201,
    handler: async ({ tx, caller, body }) =>
      present(
        await openRequest(tx, {
          reference: body.reference,
          receivedAt: body.received_at ? new Date(body.received_at) : new Date(),
          dueAt: body.due_at ? new Date(body.due_at) : null,
          contactId: body.contact_id ?? null,
          address: body.address ?? null,
          viewer: caller,
          userId: caller.userId,
          actor: actorOf(caller),
        }),
      ),
  }),
  route({
    method: "GET",
    path: "/erasure-requests",
    permission,
    summary: "Erasure requests, newest first, and by when each must be answered",
    tag,
    query: pageQuery.extend({ open: z.enum(["true", "false"]).optional() }),
    response: page(requestSchema),
    async handler({ tx, query }) {
      const before = query.cursor ? decodeIdCursor(query.cursor) : undefined;
      const rows = await pageOfRequests(tx, {
        open: query.open === "true",
        limit: query.limit + 1,
        ...(before ? { before } : {}),
      });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(present),
        next_cursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null,
      };
    },
  }),
  route({
    method: "GET",
    path: "/erasure-requests/:id",
    permission,
    summary: "One erasure request",
    tag,
    params: idParams,
    response: requestSchema,
    handler: async ({ tx, params }) => present(await requireRequest(tx, params.id)),
  }),
  route({
    method: "POST",
    path: "/erasure-requests/:id/preview",
    permission,
    summary: "Preview the erasure that answers a request; confirm it as any deletion",
    tag,
    params: idParams,
    response: previewSchema,
    handler: async ({ tx, caller, params }) =>
      presentPreview(
        await previewRequest(tx, {
          requestId: params.id,
          viewer: caller,
          by: performerOf(caller),
          now: new Date(),
        }),
      ),
  }),
  route({
    method: "POST",
    path: "/erasure-requests/:id/completion",
    permission,
    summary: "Close a request that was answered without erasing anything here",
    tag,
    params: idParams,
    response: requestSchema,
    handler: async ({ tx, caller, params }) =>
      present(
        await completeRequest(tx, {
          requestId: params.id,
          actor: actorOf(caller),
          now: new Date(),
        }),
      ),
  }),
  route({
    method: "GET",
    path: "/erasures/:id/certificate",
    permission,
    summary: "What was erased when, naming nobody",
    tag,
    params: idParams,
    response: z.object({
      id,
      reference: z.string().nullable(),
      received_at: time.nullable(),
      due_at: time.nullable(),
      requested_by: id.nullable(),
      confirmed_at: time,
      erased_at: time,
      contacts: z.number().int(),
      erased: z.record(z.string(), z.number().int()),
      kept: z.array(z.object({ what: z.string(), why: z.string() })),
      digest: z.string(),
    }),
    handler: ({ tx, params }) => certificateOf(tx, params.id),
  }),
  route({
    method: "GET",
    path: "/erasures/:id/certificate.pdf",
    permission,
    summary: "The certificate as a page to print",
    tag,
    params: idParams,
    produces: "application/pdf",
    async handler({ tx, params, reply }) {
      const certificate = await certificateOf(tx, params.id);
      void reply
        .type("application/pdf")
        .header("content-disposition", `attachment; filename="erasure-${certificate.id}.pdf"`);
      return onePagePdf(linesOf(certificate));
    },
  }),
];
