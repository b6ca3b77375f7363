import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

const suppressionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/suppressions",
  component: lazyRouteComponent(() => import("./SuppressionsPage.tsx"), "SuppressionsPage"),
});

export const suppressionRoutes = [suppressionsRoute] as const;
