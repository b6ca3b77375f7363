import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

export interface AppointmentSearch {
  q?: string;
  /** The first day that is shown, as `2031-03-30`; today unless named. */
  from?: string;
}

const appointmentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/appointments",
  validateSearch: (search: Record<string, unknown>): AppointmentSearch => {
    const q = typeof search.q === "number" ? String(search.q) : search.q;
    const { from } = search;
    return {
      ...(typeof q === "string" && q ? { q } : {}),
      ...(typeof from === "string" && /^\d{4}-\d\d-\d\d$/.test(from) ? { from } : {}),
    };
  },
  component: lazyRouteComponent(() => import("./AppointmentsPage.tsx"), "AppointmentsPage"),
});

export const appointmentRoutes = [appointmentsRoute] as const;
