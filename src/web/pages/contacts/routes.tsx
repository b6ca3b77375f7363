import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";
import { readSearch } from "./search.ts";

const contactsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/contacts",
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import("./ContactsPage.tsx"), "ContactsPage"),
});

export const contactRoutes = [contactsRoute] as const;
