import { idParams, type Route, rfc3339, route, streamingRoute } from "../../kernel/http/index.ts";
import { sendEvents } from "../../kernel/jobs/index.ts";
import { resultsSchema } from "./campaign-schemas.ts";
import { followResults } from "./follow-results.ts";
import { campaignResults, sentByHour } from "./results.ts";

export const resultRoutes: Route[] = [
  route({
    method: "GET",
    path: "/campaigns/:id/results",
    permission: "campaigns.view",
    summary: "Figures by step and in total, follow-ups by state, messages sent by the hour",
    tag: "Campaigns",
    params: idParams,
    response: resultsSchema,
    handler: async ({ tx, params }) => ({
      ...(await campaignResults(tx, params.id)),
      by_hour: (await sentByHour(tx, params.id)).map(({ hour, sent }) => ({
        hour: rfc3339(hour),
        sent,
      })),
    }),
  }),
  streamingRoute({
    method: "GET",
    path: "/campaigns/:id/events",
    permission: "campaigns.view",
    summary: "State and figures as server-sent events until the campaign is finished",
    tag: "Campaigns",
    params: idParams,
    produces: "text/event-stream",
    async stream({ db, caller, params, request, reply }) {
      const read = followResults(db, caller.workspaceId, params.id);
      await read();
      return sendEvents(request, reply, {
        read,
        isLast: (results) => results.state === "finished",
      });
    },
  }),
];
