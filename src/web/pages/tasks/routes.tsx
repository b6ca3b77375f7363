import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

/** `done` shows what is done already; the others are open. */
export const taskViews = ["overdue", "today", "upcoming", "done"] as const;
export const taskOwners = ["everybody", "none"] as const;

export interface TaskSearch {
  q?: string;
  view?: (typeof taskViews)[number];
  /** Mine unless named. */
  whose?: (typeof taskOwners)[number];
}

const tasksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/tasks",
  validateSearch: (search: Record<string, unknown>): TaskSearch => {
    const view = taskViews.find((each) => each === search.view);
    const whose = taskOwners.find((each) => each === search.whose);
    const q = typeof search.q === "number" ? String(search.q) : search.q;
    return {
      ...(typeof q === "string" && q ? { q } : {}),
      ...(view ? { view } : {}),
      ...(whose ? { whose } : {}),
    };
  },
  component: lazyRouteComponent(() => import("./TasksPage.tsx"), "TasksPage"),
});

export const taskRoutes = [tasksRoute] as const;
