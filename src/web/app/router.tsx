import { createRouter } from "@tanstack/react-router";
import { Failure, Loading } from "../components/PageState.tsx";
import { appointmentRoutes } from "../pages/appointments/routes.tsx";
import { binRoutes } from "../pages/bin/routes.tsx";
import { campaignRoutes } from "../pages/campaigns/routes.tsx";
import { contactRoutes } from "../pages/contacts/routes.tsx";
import { homeRoute } from "../pages/home/routes.tsx";
import { importRoutes } from "../pages/imports/routes.tsx";
import { inboxRoutes } from "../pages/inbox/routes.tsx";
import { jobRoutes } from "../pages/jobs/routes.tsx";
import { ledgerRoutes } from "../pages/ledger/routes.tsx";
import { listRoutes } from "../pages/lists/routes.tsx";
import { opportunityRoutes } from "../pages/opportunities/routes.tsx";
import { profileRoutes } from "../pages/profile/routes.tsx";
import { settingsRoutes } from "../pages/settings/routes.tsx";
import { signInRoute } from "../pages/sign-in/routes.tsx";
import { sinkRoutes } from "../pages/sink/routes.tsx";
import { suppressionRoutes } from "../pages/suppressions/routes.tsx";
import { taskRoutes } from "../pages/tasks/routes.tsx";
import { templateRoutes } from "../pages/templates/routes.tsx";
import { queries } from "./queries.ts";
import { missingRoute, rootRoute, shellRoute } from "./routes.tsx";

/** Each page folder exports its routes; a new page adds one line here. */
const tree = rootRoute.addChildren([
  signInRoute,
  shellRoute.addChildren([
    homeRoute,
    missingRoute,
    ...binRoutes,
    ...appointmentRoutes,
    ...campaignRoutes,
    ...contactRoutes,
    ...importRoutes,
    ...inboxRoutes,
    ...jobRoutes,
    ...ledgerRoutes,
    ...listRoutes,
    ...opportunityRoutes,
    ...profileRoutes,
    ...settingsRoutes,
    ...sinkRoutes,
    ...suppressionRoutes,
    ...taskRoutes,
    ...templateRoutes,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  context: { queries },
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
