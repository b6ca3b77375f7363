import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

export interface LedgerSearch {
  contact?: string;
  act?: string;
}

const ledgerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/ledger",
  validateSearch: (search: Record<string, unknown>): LedgerSearch => ({
    ...(typeof search.contact === "string" ? { contact: search.contact } : {}),
    ...(typeof search.act === "string" ? { act: search.act } : {}),
  }),
  component: lazyRouteComponent(() => import("./LedgerPage.tsx"), "LedgerPage"),
});

export const ledgerRoutes = [ledgerRoute] as const;
