import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

export const kinds = ["suppression", "unsubscribe", "quarantine"] as const;

export interface SuppressionSearch {
  q?: string;
  kind?: (typeof kinds)[number];
}

const suppressionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/suppressions",
  validateSearch: (search: Record<string, unknown>): SuppressionSearch => {
    const kind = kinds.find((each) => each === search.kind);
    // The router reads ?q=32470 as a number.
    const q = typeof search.q === "number" ? String(search.q) : search.q;
    return { ...(typeof q === "string" && q ? { q } : {}), ...(kind ? { kind } : {}) };
  },
  component: lazyRouteComponent(() => import("./SuppressionsPage.tsx"), "SuppressionsPage"),
});

export const suppressionRoutes = [suppressionsRoute] as const;
