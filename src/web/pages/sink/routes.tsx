import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

export interface SinkSearch {
  /** One recipient's address. */
  to?: string;
  /** The message that is open. */
  id?: string;
}

const sinkRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/outgoing-mail",
  validateSearch: (search: Record<string, unknown>): SinkSearch => ({
    ...(typeof search.to === "string" && search.to !== "" ? { to: search.to } : {}),
    ...(typeof search.id === "string" ? { id: search.id } : {}),
  }),
  component: lazyRouteComponent(() => import("./SinkPage.tsx"), "SinkPage"),
});

export const sinkRoutes = [sinkRoute] as const;
