import { z } from "zod";
import { id, type Route, route } from "../../kernel/http/index.ts";
import {
  actOnContacts,
  doneAtOnceSchema,
  presentDone,
  selectionSchema,
} from "../contacts/index.ts";
import { bulkRemoval } from "./bulk-removal.ts";
import { findCampaign } from "./save-campaign.ts";

export const bulkFollowUpRoutes: Route[] = [
  route({
    method: "POST",
    path: "/follow-ups/bulk-removal",
    permission: "contacts.view",
    summary: "Remove the open follow-ups of many contacts, of one campaign or of all",
    description:
      "Up to 200 contacts at once, with a result for each; up to 1,000,000 as a job. Undoing brings them back as paused.",
    tag: "Follow-ups",
    body: z.object({ selection: selectionSchema, campaign_id: id.nullish() }),
    response: doneAtOnceSchema,
    mayBeJob: true,
    async handler({ tx, caller, body }) {
      const campaignId = body.campaign_id ?? null;
      if (campaignId !== null) await findCampaign(tx, campaignId);
      return presentDone(
        await actOnContacts(tx, bulkRemoval, {
          selection: body.selection,
          params: { campaign_id: campaignId },
          caller,
        }),
      );
    },
  }),
];
