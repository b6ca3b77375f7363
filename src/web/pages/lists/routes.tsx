import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== ""
    ? value
    : typeof value === "number"
      ? String(value)
      : undefined;
}

const listsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/lists",
  validateSearch: (search: Record<string, unknown>): { q?: string } => {
    const q = text(search.q);
    return q === undefined ? {} : { q };
  },
  component: lazyRouteComponent(() => import("./ListsPage.tsx"), "ListsPage"),
});

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/lists/$id",
  validateSearch: (search: Record<string, unknown>): { q?: string; tab?: "exclusions" } => {
    const q = text(search.q);
    return {
      ...(q === undefined ? {} : { q }),
      ...(search.tab === "exclusions" ? { tab: "exclusions" } : {}),
    };
  },
  component: lazyRouteComponent(() => import("./ListPage.tsx"), "ListPage"),
});

export const listRoutes = [listsRoute, listRoute] as const;
