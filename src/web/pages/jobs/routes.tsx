import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/jobs",
  component: lazyRouteComponent(() => import("./JobsPage.tsx"), "JobsPage"),
});

const jobRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/jobs/$id",
  component: lazyRouteComponent(() => import("./JobPage.tsx"), "JobPage"),
});

export const jobRoutes = [jobsRoute, jobRoute] as const;
