import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

export const binTabs = ["deletions", "contacts", "requests"] as const;

export interface BinSearch {
  tab?: (typeof binTabs)[number];
  q?: string;
}

const binRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/bin",
  validateSearch: (search: Record<string, unknown>): BinSearch => {
    const tab = binTabs.find((each) => each === search.tab);
    const { q } = search;
    return {
      ...(tab ? { tab } : {}),
      ...(typeof q === "string" || typeof q === "number" ? { q: String(q) } : {}),
    };
  },
  component: lazyRouteComponent(() => import("./BinPage.tsx"), "BinPage"),
});

const deletionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/bin/$id",
  validateSearch: (search: Record<string, unknown>): { q?: string } =>
    typeof search.q === "string" ? { q: search.q } : {},
  component: lazyRouteComponent(() => import("./DeletionPage.tsx"), "DeletionPage"),
});

export const binRoutes = [binRoute, deletionRoute] as const;
