import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

export const opportunityOwners = ["me", "none"] as const;

export interface OpportunitySearch {
  pipeline?: string;
  q?: string;
  /** Everybody's unless named. */
  whose?: (typeof opportunityOwners)[number];
  /** The board unless named. */
  view?: "list";
}

const opportunitiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/opportunities",
  validateSearch: (search: Record<string, unknown>): OpportunitySearch => {
    const whose = opportunityOwners.find((each) => each === search.whose);
    const q = typeof search.q === "number" ? String(search.q) : search.q;
    return {
      ...(typeof search.pipeline === "string" ? { pipeline: search.pipeline } : {}),
      ...(typeof q === "string" && q ? { q } : {}),
      ...(whose ? { whose } : {}),
      ...(search.view === "list" ? { view: "list" } : {}),
    };
  },
  component: lazyRouteComponent(() => import("./OpportunitiesPage.tsx"), "OpportunitiesPage"),
});

export const opportunityRoutes = [opportunitiesRoute] as const;
