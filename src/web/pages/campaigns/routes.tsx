import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";
import type { CampaignState, FollowUpState } from "./types.ts";

export interface CampaignsSearch {
  state?: CampaignState;
}

const states: readonly string[] = ["draft", "starting", "running", "paused", "finished"];

const campaignsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/campaigns",
  validateSearch: (search: Record<string, unknown>): CampaignsSearch =>
    typeof search.state === "string" && states.includes(search.state)
      ? { state: search.state as CampaignState }
      : {},
  component: lazyRouteComponent(() => import("./CampaignsPage.tsx"), "CampaignsPage"),
});

export interface CampaignSearch {
  tab?: "setup" | "results" | "prospects";
  q?: string;
  state?: FollowUpState;
}

const tabs: readonly string[] = ["setup", "results", "prospects"];
const followUpStates: readonly string[] = [
  "active",
  "paused",
  "finished",
  "replied",
  "stopped",
  "removed",
];

const campaignRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/campaigns/$id",
  validateSearch: (search: Record<string, unknown>): CampaignSearch => ({
    ...(typeof search.tab === "string" && tabs.includes(search.tab)
      ? { tab: search.tab as NonNullable<CampaignSearch["tab"]> }
      : {}),
    ...(typeof search.q === "string" || typeof search.q === "number"
      ? { q: String(search.q) }
      : {}),
    ...(typeof search.state === "string" && followUpStates.includes(search.state)
      ? { state: search.state as FollowUpState }
      : {}),
  }),
  component: lazyRouteComponent(() => import("./CampaignPage.tsx"), "CampaignPage"),
});

export const campaignRoutes = [campaignsRoute, campaignRoute] as const;
