import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

export const profileTabs = [
  "timeline",
  "conversations",
  "notes",
  "tasks",
  "appointments",
  "opportunities",
  "follow-ups",
  "stops",
  "consents",
  "why",
] as const;
export type ProfileTab = (typeof profileTabs)[number];

const profileRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/contacts/$id",
  validateSearch: (search: Record<string, unknown>): { tab?: ProfileTab } => {
    const tab = profileTabs.find((each) => each === search.tab);
    return tab ? { tab } : {};
  },
  component: lazyRouteComponent(() => import("./ProfilePage.tsx"), "ProfilePage"),
});

export const profileRoutes = [profileRoute] as const;
