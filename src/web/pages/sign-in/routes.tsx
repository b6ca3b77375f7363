import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/routes.tsx";

export interface SignInSearch {
  /** Of a one-time link. */
  token?: string;
  /** Where the person wanted to go. */
  next?: string;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    ...(typeof search.token === "string" ? { token: search.token } : {}),
    ...(typeof search.next === "string" ? { next: search.next } : {}),
  }),
  component: lazyRouteComponent(() => import("./SignInPage.tsx"), "SignInPage"),
});
