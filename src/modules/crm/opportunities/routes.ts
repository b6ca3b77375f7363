import { z } from "zod";
import { id, idParams, page, pageQuery, type Route, route } from "../../../kernel/http/index.ts";
import { requireVisible } from "../../contacts/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { day, searched, title } from "../fields.ts";
import { addOpportunity } from "./add-opportunity.ts";
import { deleteOpportunity } from "./delete-opportunity.ts";
import { editOpportunity } from "./edit-opportunity.ts";
import { findOpportunities } from "./find-opportunities.ts";
import { moveOpportunity } from "./move-opportunity.ts";
import { opportunitySchema, presentOpportunities, presentOpportunity } from "./present.ts";
import { currencies } from "./rules.ts";

const tag = "Opportunities";
const amount = z
  .number()
  .min(0)
  .max(999_999_999_999)
  .multipleOf(0.01)
  .describe("In units of the currency, with cents at most");
const currency = z
  .string()
  .refine((code) => currencies.has(code), "is no ISO 4217 code, as EUR is");
const given = {
  title,
  amount: amount.nullable().default(null),
  currency: currency.default("EUR"),
  stage_id: id,
  owner_id: id.nullish().describe("The caller unless named"),
  expected_close: day.nullable().default(null),
};
const contactIds = z.array(id).min(1).max(50).describe("The first is the primary contact");
const query = pageQuery.extend({ q: searched });

type Given = z.output<z.ZodObject<typeof given>>;
const newOpportunity = (body: Given, contacts: readonly string[], userId: string) => ({
  title: body.title,
  amount: body.amount,
  currency: body.currency,
  stageId: body.stage_id,
  ownerId: body.owner_id === undefined ? userId : body.owner_id,
  expectedClose: body.expected_close,
  contactIds: contacts,
});

export const opportunityRoutes: Route[] = [
  route({
    method: "GET",
    path: "/opportunities",
    permission: "contacts.view",
    summary: "Opportunities: one stage in its own order, anything else the newest first",
    tag,
    query: query.extend({
      pipeline_id: id.optional(),
      stage_id: id.optional(),
      owner_id: z.union([id, z.enum(["me", "none"])]).optional(),
      contact_id: id.optional(),
    }),
    response: page(opportunitySchema),
    async handler({ tx, caller, query }) {
      const { opportunities, next_cursor } = await findOpportunities(tx, caller, {
        pipelineId: query.pipeline_id,
        stageId: query.stage_id,
        ownerId: query.owner_id === "me" ? caller.userId : query.owner_id,
        contactId: query.contact_id,
        q: query.q,
        limit: query.limit,
        cursor: query.cursor,
      });
      return { items: await presentOpportunities(tx, caller, opportunities), next_cursor };
    },
  }),
  route({
    method: "POST",
    path: "/opportunities",
    permission: "contacts.edit",
    summary: "Add an opportunity at the end of a stage",
    tag,
    body: z.object({ ...given, contact_ids: contactIds }),
    response: opportunitySchema,
    status: 201,
    async handler({ tx, caller, body }) {
      const opportunity = newOpportunity(body, body.contact_ids, caller.userId);
      const act = { opportunity, viewer: caller, actor: actorOf(caller) };
      return presentOpportunity(tx, caller, await addOpportunity(tx, act));
    },
  }),
  route({
    method: "GET",
    path: "/contacts/:id/opportunities",
    permission: "contacts.view",
    summary: "The opportunities that a contact takes part in, the newest first",
    tag,
    params: idParams,
    query,
    response: page(opportunitySchema),
    async handler({ tx, caller, params, query }) {
      await requireVisible(tx, caller, params.id);
      const { opportunities, next_cursor } = await findOpportunities(tx, caller, {
        ...query,
        contactId: params.id,
      });
      return { items: await presentOpportunities(tx, caller, opportunities), next_cursor };
    },
  }),
  route({
    method: "POST",
    path: "/contacts/:id/opportunities",
    permission: "contacts.edit",
    summary: "Add an opportunity with this contact as its primary one",
    tag,
    params: idParams,
    body: z.object(given),
    response: opportunitySchema,
    status: 201,
    async handler({ tx, caller, params, body }) {
      const opportunity = newOpportunity(body, [params.id], caller.userId);
      const act = { opportunity, viewer: caller, actor: actorOf(caller) };
      return presentOpportunity(tx, caller, await addOpportunity(tx, act));
    },
  }),
  route({
    method: "GET",
    path: "/opportunities/:id",
    permission: "contacts.view",
    summary: "One opportunity",
    tag,
    params: idParams,
    response: opportunitySchema,
    handler: ({ tx, caller, params }) => presentOpportunity(tx, caller, params.id),
  }),
  route({
    method: "PATCH",
    path: "/opportunities/:id",
    permission: "contacts.edit",
    summary: "Change what is named; contact_ids replaces the contacts that you see",
    tag,
    params: idParams,
    body: z
      .object({
        title,
        amount: amount.nullable(),
        currency,
        owner_id: id.nullable(),
        expected_close: day.nullable(),
        contact_ids: contactIds,
      })
      .partial(),
    response: opportunitySchema,
    async handler({ tx, caller, params, body }) {
      const { contact_ids, ...changes } = body;
      await editOpportunity(tx, {
        opportunityId: params.id,
        changes,
        ...(contact_ids ? { contactIds: contact_ids } : {}),
        viewer: caller,
        actor: actorOf(caller),
      });
      return presentOpportunity(tx, caller, params.id);
    },
  }),
  route({
    method: "DELETE",
    path: "/opportunities/:id",
    permission: "contacts.edit",
    summary: "Delete an opportunity for good; its contacts stay",
    tag,
    params: idParams,
    handler: ({ tx, caller, params }) =>
      deleteOpportunity(tx, { opportunityId: params.id, viewer: caller, actor: actorOf(caller) }),
  }),
  route({
    method: "POST",
    path: "/opportunities/:id/move",
    permission: "contacts.edit",
    summary: "Put an opportunity into a stage, at a place in its order",
    tag,
    params: idParams,
    body: z.object({
      stage_id: id,
      position: z
        .number()
        .int()
        .min(0)
        .max(1_000_000)
        .default(1_000_000)
        .describe("0 is the top, counted among those that you see; past the end is the end"),
    }),
    response: opportunitySchema,
    async handler({ tx, caller, params, body }) {
      await moveOpportunity(tx, {
        opportunityId: params.id,
        stageId: body.stage_id,
        index: body.position,
        viewer: caller,
        actor: actorOf(caller),
      });
      return presentOpportunity(tx, caller, params.id);
    },
  }),
];
