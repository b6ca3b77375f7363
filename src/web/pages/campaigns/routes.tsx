import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

const campaignsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/campaigns",
  component: lazyRouteComponent(() => import("./CampaignsPage.tsx"), "CampaignsPage"),
});

export const campaignRoutes = [campaignsRoute] as const;
