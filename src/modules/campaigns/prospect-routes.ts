import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  route,
} from "../../kernel/http/index.ts";
import { refusal } from "../access/index.ts";
import { acknowledgeAgain, presentReceipt, receiptSchema } from "../consent/index.ts";
import { line, requireVisible } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import {
  followUpSchema,
  followUpStateSchema,
  presentFollowUp,
  presentProspect,
  prospectSchema,
} from "./campaign-schemas.ts";
import {
  continueFollowUp,
  pauseFollowUp,
  removeFollowUp,
  restartFollowUp,
} from "./change-follow-up.ts";
import { editProspect } from "./edit-prospect.ts";
import { findProspect, findProspects } from "./find-prospects.ts";
import { listFollowUps } from "./follow-up-queries.ts";

const prospectParams = z.object({ id, contact_id: id });

const verbs = [
  [
    "pause",
    "contacts.view",
    "Stop follow-up: hold the sequence until somebody continues it",
    pauseFollowUp,
  ],
  [
    "continue",
    "contacts.edit",
    "Go on with the next step; refused for a stopped contact, with the reasons",
    continueFollowUp,
  ],
  [
    "restart",
    "contacts.edit",
    "Begin again at the first step; refused for a stopped contact, with the reasons",
    restartFollowUp,
  ],
  ["removal", "contacts.view", "Remove follow-up: end the sequence. It is no stop", removeFollowUp],
] as const;

export const prospectRoutes: Route[] = [
  route({
    method: "GET",
    path: "/campaigns/:id/prospects",
    permission: "campaigns.view",
    summary: "The campaign's contacts, with where each stands and why",
    tag: "Campaigns",
    params: idParams,
    query: pageQuery.extend({
      q: z
        .string()
        .max(200)
        .refine((value) => !value.includes("\0"), "holds a NUL character")
        .optional(),
      state: followUpStateSchema.optional(),
    }),
    response: page(prospectSchema),
    async handler({ tx, caller, params, query }) {
      const rows = await findProspects(tx, {
        campaignId: params.id,
        viewer: caller,
        q: query.q ?? null,
        state: query.state ?? null,
        after: query.cursor ? decodeIdCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(presentProspect),
        next_cursor: rows.length > query.limit && last ? encodeCursor([last.contact_id]) : null,
      };
    },
  }),
  route({
    method: "PATCH",
    path: "/campaigns/:id/prospects/:contact_id",
    permission: "contacts.view",
    summary: "Edit prospect: Do not contact in this campaign or in all, and names",
    description:
      "Stopping needs contacts.view alone; taking it back and editing names need contacts.edit.",
    tag: "Campaigns",
    params: prospectParams,
    body: z.object({
      do_not_contact: z.boolean().optional(),
      scope: z.enum(["campaign", "all"]).default("campaign"),
      because: line(500).optional(),
      first_name: line(200).optional(),
      last_name: line(200).optional(),
      company: line(200).optional(),
      job_title: line(200).optional(),
    }),
    response: prospectSchema.extend({ receipt: receiptSchema.nullable() }),
    async again(tx, answer) {
      return {
        ...answer,
        receipt: answer.receipt && (await acknowledgeAgain(tx, answer.receipt)),
      };
    },
    async handler({ tx, db, caller, params, body }) {
      const receipt = await editProspect(tx, {
        campaignId: params.id,
        contactId: params.contact_id,
        change: body,
        caller,
        refuse: (permission) => refusal(db)(caller, permission),
      });
      const prospect = await findProspect(tx, {
        campaignId: params.id,
        contactId: params.contact_id,
        viewer: caller,
      });
      return { ...presentProspect(prospect), receipt: receipt && presentReceipt(receipt) };
    },
  }),
  route({
    method: "GET",
    path: "/contacts/:id/follow-ups",
    permission: "contacts.view",
    summary: "A contact's sequences, newest first",
    tag: "Follow-ups",
    params: idParams,
    query: pageQuery,
    response: page(followUpSchema),
    async handler({ tx, caller, params, query }) {
      await requireVisible(tx, caller, params.id);
      const before = query.cursor ? decodeIdCursor(query.cursor) : null;
      const rows = await listFollowUps(tx, params.id, { before, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(presentFollowUp),
        next_cursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null,
      };
    },
  }),
  ...verbs.map(([verb, permission, summary, act]) =>
    route({
      method: "POST",
      path: `/follow-ups/:id/${verb}`,
      permission,
      summary,
      tag: "Follow-ups",
      params: idParams,
      response: followUpSchema,
      handler: async ({ tx, caller, params }) =>
        presentFollowUp(await act(tx, { id: params.id, viewer: caller, actor: actorOf(caller) })),
    }),
  ),
];
