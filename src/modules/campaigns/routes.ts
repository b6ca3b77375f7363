import type { Route } from "../../kernel/http/index.ts";
import { bulkFollowUpRoutes } from "./bulk-routes.ts";
import { campaignOwnRoutes } from "./campaign-routes.ts";
import { prospectRoutes } from "./prospect-routes.ts";
import { resultRoutes } from "./result-routes.ts";
import { templateRoutes } from "./template-routes.ts";
import { unengagedRoutes } from "./unengaged/routes.ts";

/** Everything that HTTP offers of templates, campaigns, prospects, follow-ups and results. */
export const campaignRoutes: Route[] = [
  ...templateRoutes,
  ...campaignOwnRoutes,
  ...prospectRoutes,
  ...resultRoutes,
  ...bulkFollowUpRoutes,
  ...unengagedRoutes,
];
