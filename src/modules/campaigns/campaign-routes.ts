import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  id,
  idParams,
  jobStarted,
  page,
  pageQuery,
  type Route,
  route,
} from "../../kernel/http/index.ts";
import { requireVisible } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { countAudience } from "./audience-queries.ts";
import { countCampaigns, listCampaigns } from "./campaign-queries.ts";
import {
  audienceAnswer,
  campaignChangeSchema,
  campaignSchema,
  newCampaignSchema,
  presentCampaign,
  stateSchema,
  textOf,
} from "./campaign-schemas.ts";
import { figuresOf, figuresSchema, noFigures } from "./figures.ts";
import { pauseCampaign, resumeCampaign } from "./pause-campaign.ts";
import { createCampaign, editCampaign, findCampaign } from "./save-campaign.ts";
import { startCampaign } from "./start-campaign.ts";
import { sendTest } from "./test-campaign.ts";

const tag = "Campaigns";

export const campaignOwnRoutes: Route[] = [
  route({
    method: "GET",
    path: "/campaigns",
    permission: "campaigns.view",
    summary: "Campaigns, newest first",
    tag,
    query: pageQuery.extend({
      state: stateSchema.optional(),
      q: z
        .string()
        .max(200)
        .refine((value) => !value.includes("\0"), "holds a NUL character")
        .optional()
        .describe("Found anywhere in the name"),
    }),
    response: page(campaignSchema.extend({ figures: figuresSchema })),
    async handler({ tx, query }) {
      const before = query.cursor ? decodeIdCursor(query.cursor) : null;
      const which = { state: query.state ?? null, q: query.q ?? null };
      const rows = await listCampaigns(tx, { ...which, before, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      const figures = await figuresOf(
        tx,
        shown.map((each) => each.id),
      );
      return {
        items: shown.map((each) => ({
          ...presentCampaign(each),
          figures: figures.get(each.id) ?? noFigures,
        })),
        next_cursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null,
        ...(query.count ? { count: await countCampaigns(tx, which) } : {}),
      };
    },
  }),
  route({
    method: "POST",
    path: "/campaigns",
    permission: "campaigns.edit",
    summary: "Write a campaign: lists, and one to twenty steps with delays",
    tag,
    body: newCampaignSchema,
    response: campaignSchema,
    status: 201,
    async handler({ tx, caller, body }) {
      const campaign = { ...textOf(body), name: body.name };
      return presentCampaign(
        await createCampaign(tx, { campaign, ownerId: caller.userId, actor: actorOf(caller) }),
      );
    },
  }),
  route({
    method: "GET",
    path: "/campaigns/:id",
    permission: "campaigns.view",
    summary: "One campaign",
    tag,
    params: idParams,
    response: campaignSchema,
    handler: async ({ tx, params }) => presentCampaign(await findCampaign(tx, params.id)),
  }),
  route({
    method: "PATCH",
    path: "/campaigns/:id",
    permission: "campaigns.edit",
    summary: "Change a draft; of a campaign that has started, its name",
    tag,
    params: idParams,
    body: campaignChangeSchema,
    response: campaignSchema,
    handler: async ({ tx, caller, params, body }) =>
      presentCampaign(
        await editCampaign(tx, { id: params.id, change: textOf(body), actor: actorOf(caller) }),
      ),
  }),
  route({
    method: "GET",
    path: "/campaigns/:id/audience",
    permission: "campaigns.view",
    summary: "How many of the lists' members can be written to now, and how many not, by reason",
    tag,
    params: idParams,
    response: audienceAnswer,
    async handler({ tx, caller, params }) {
      const campaign = await findCampaign(tx, params.id);
      return countAudience(tx, {
        id: campaign.id,
        channel: campaign.channel,
        topicId: campaign.topic_id,
        listIds: campaign.list_ids,
        ownerId: caller.ownOnly ? caller.userId : null,
      });
    },
  }),
  route({
    method: "POST",
    path: "/campaigns/:id/start",
    permission: "campaigns.run",
    summary: "Enrol the lists' members and begin sending",
    tag,
    params: idParams,
    response: jobStarted,
    status: 202,
    handler: async ({ tx, caller, params }) => ({
      job_id: await startCampaign(tx, {
        campaignId: params.id,
        requestedBy: caller.userId,
        actor: actorOf(caller),
      }),
    }),
  }),
  ...(
    [
      ["pause", "Hold a running campaign; what is queued is taken back", pauseCampaign],
      ["resume", "Let a paused campaign go on", resumeCampaign],
    ] as const
  ).map(([verb, summary, act]) =>
    route({
      method: "POST",
      path: `/campaigns/:id/${verb}`,
      permission: "campaigns.run",
      summary,
      tag,
      params: idParams,
      response: campaignSchema,
      async handler({ tx, caller, params }) {
        await act(tx, { campaignId: params.id, actor: actorOf(caller) });
        return presentCampaign(await findCampaign(tx, params.id));
      },
    }),
  ),
  route({
    method: "POST",
    path: "/campaigns/:id/test",
    permission: "campaigns.run",
    summary: "Send one step to an address of yours, with a contact's values or samples",
    tag,
    params: idParams,
    body: z.object({
      to: z.string().max(400),
      contact_id: id.nullish(),
      step: z.number().int().min(0).max(19).default(0),
    }),
    response: z.object({ message_id: id }),
    status: 202,
    async handler({ tx, caller, params, body }) {
      if (body.contact_id) await requireVisible(tx, caller, body.contact_id);
      const { messageId } = await sendTest(tx, {
        campaignId: params.id,
        to: body.to,
        step: body.step,
        contactId: body.contact_id ?? null,
        actor: actorOf(caller),
      });
      return { message_id: messageId };
    },
  }),
];
