import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

const profileRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/contacts/$id",
  component: lazyRouteComponent(() => import("./ProfilePage.tsx"), "ProfilePage"),
});

export const profileRoutes = [profileRoute] as const;
