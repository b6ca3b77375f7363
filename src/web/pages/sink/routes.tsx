import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

const sinkRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/outgoing-mail",
  component: lazyRouteComponent(() => import("./SinkPage.tsx"), "SinkPage"),
});

export const sinkRoutes = [sinkRoute] as const;
