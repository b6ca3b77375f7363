import { z } from "zod";
import { id, idParams, type Route, rfc3339, route, time } from "../../kernel/http/index.ts";
import { requireVisible } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { endExternalRef, setExternalRef } from "./change-external-ref.ts";
import { confirmDeletion } from "./confirm-deletion.ts";
import { performerOf } from "./performer.ts";
import { previewDeletion } from "./preview-deletion.ts";
import { type ExternalRef, listRefs } from "./ref-queries.ts";
import { confirmedSchema, presentPreview, previewSchema } from "./schemas.ts";

const system = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "is a short name such as hubspot");
const refsSchema = z.object({
  items: z.array(
    z.object({
      system: z.string(),
      external_id: z.string(),
      deletion: z.enum(["allowed", "locked"]),
      created_at: time,
    }),
  ),
});

function present(refs: readonly ExternalRef[]): z.input<typeof refsSchema> {
  return { items: refs.map((ref) => ({ ...ref, created_at: rfc3339(ref.created_at) })) };
}

/** Where contacts live elsewhere, and clearing a list: what deleting asks of contacts and lists. */
export const contactRemovalRoutes: Route[] = [
  route({
    method: "GET",
    path: "/contacts/:id/external-refs",
    permission: "contacts.view",
    summary: "Where the contact lives elsewhere",
    tag: "Contacts",
    params: idParams,
    response: refsSchema,
    async handler({ tx, caller, params }) {
      await requireVisible(tx, caller, params.id);
      return present(await listRefs(tx, params.id));
    },
  }),
  route({
    method: "PUT",
    path: "/contacts/:id/external-refs/:system",
    permission: "contacts.edit",
    summary: "Say where the contact lives elsewhere; locked keeps it from being deleted here",
    tag: "Contacts",
    params: z.object({ id, system }),
    body: z.object({
      external_id: z
        .string()
        .min(1)
        .max(200)
        .refine((value) => !value.includes("\0"), "holds a NUL character"),
      deletion: z.enum(["allowed", "locked"]).default("allowed"),
    }),
    response: refsSchema,
    handler: async ({ tx, caller, params, body }) =>
      present(
        await setExternalRef(tx, {
          contactId: params.id,
          ref: { system: params.system, ...body },
          viewer: caller,
          actor: actorOf(caller),
        }),
      ),
  }),
  route({
    method: "DELETE",
    path: "/contacts/:id/external-refs/:system",
    permission: "contacts.edit",
    summary: "End a reference, and with it that system's lock",
    tag: "Contacts",
    params: z.object({ id, system }),
    async handler({ tx, caller, params }) {
      await endExternalRef(tx, {
        contactId: params.id,
        system: params.system,
        viewer: caller,
        actor: actorOf(caller),
      });
    },
  }),
  route({
    method: "POST",
    path: "/lists/:id/clearing/preview",
    permission: "contacts.delete",
    summary: "What clearing the list would take off it; freezes the members for 15 minutes",
    tag: "Lists",
    params: idParams,
    body: z.object({ keep_exclusions: z.boolean().default(true) }),
    response: previewSchema,
    handler: async ({ tx, caller, params, body }) =>
      presentPreview(
        await previewDeletion(tx, {
          selection: { list_id: params.id },
          mode: "clear",
          keepExclusions: body.keep_exclusions,
          viewer: caller,
          by: performerOf(caller),
          now: new Date(),
        }),
      ),
  }),
  route({
    method: "POST",
    path: "/lists/:id/clearing",
    permission: "contacts.delete",
    summary: "Take every previewed member off the list; nobody is deleted",
    tag: "Lists",
    params: idParams,
    body: z.object({
      token: z.string().max(200),
      confirm: z.string().max(40).describe("DELETE up to 10 members, else their number"),
    }),
    response: confirmedSchema,
    status: 202,
    handler: ({ tx, caller, body }) =>
      confirmDeletion(tx, {
        ...body,
        suppress: false,
        viewer: caller,
        by: performerOf(caller),
        actor: actorOf(caller),
        now: new Date(),
      }),
  }),
];
