import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

const listsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/lists",
  component: lazyRouteComponent(() => import("./ListsPage.tsx"), "ListsPage"),
});

export const listRoutes = [listsRoute] as const;
