import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

export const views = ["waiting", "all"] as const;

export interface InboxSearch {
  /** What waits for a person is what is shown first. */
  view?: (typeof views)[number];
  q?: string;
  /** The message that is open at the side. */
  open?: string;
}

const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/inbox",
  validateSearch: (search: Record<string, unknown>): InboxSearch => {
    const view = views.find((each) => each === search.view);
    // The router reads ?q=32470 as a number.
    const q = typeof search.q === "number" ? String(search.q) : search.q;
    return {
      ...(view ? { view } : {}),
      ...(typeof q === "string" && q ? { q } : {}),
      ...(typeof search.open === "string" ? { open: search.open } : {}),
    };
  },
  component: lazyRouteComponent(() => import("./InboxPage.tsx"), "InboxPage"),
});

export const inboxRoutes = [inboxRoute] as const;
