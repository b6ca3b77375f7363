import { z } from "zod";
import { id, type Route, route } from "../../../kernel/http/index.ts";
import type { JobKinds } from "../../../kernel/jobs/index.ts";
import {
  actOnContacts,
  channelSchema,
  contactsJobs,
  doneAtOnceSchema,
  presentDone,
  selectionSchema,
} from "../../contacts/index.ts";
import { requireScope } from "../policy.ts";
import { bulkStop, bulkStopKinds } from "./bulk-stop.ts";

export const bulkStopRoutes: Route[] = [
  route({
    method: "POST",
    path: "/contacts/bulk-stop",
    permission: "contacts.view",
    summary: "Stop many contacts: deactivate, do not disturb, do not contact, unsubscribe",
    description:
      "Up to 200 at once, with a result for each; up to 1,000,000 as a job. Those stopped already are skipped and say so.",
    tag: "Stops",
    body: z.object({
      selection: selectionSchema,
      kind: z.enum(bulkStopKinds),
      channel: channelSchema.nullish(),
      campaign_id: id.nullish(),
      topic_id: id.nullish(),
      because: z.string().max(2000).default(""),
    }),
    response: doneAtOnceSchema,
    mayBeJob: true,
    async handler({ tx, caller, body }) {
      const { selection, kind, because } = body;
      const params = {
        channel: body.channel ?? null,
        campaign_id: body.campaign_id ?? null,
        topic_id: body.topic_id ?? null,
        because,
      };
      await requireScope(tx, { kind, topicId: params.topic_id, campaignId: params.campaign_id });
      return presentDone(await actOnContacts(tx, bulkStop(kind), { selection, params, caller }));
    },
  }),
];

/** The jobs of this module, by kind. */
export const consentJobs: JobKinds = Object.assign(
  {},
  ...bulkStopKinds.map((kind) => contactsJobs(bulkStop(kind))),
);
