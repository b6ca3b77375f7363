import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { ApiError } from "../api/error.ts";
import { Failure } from "../components/PageState.tsx";
import { speakAs } from "../i18n/index.ts";
import { Missing } from "../shell/Missing.tsx";
import { Shell } from "../shell/Shell.tsx";
import { meQuery } from "./session.tsx";

interface Context {
  queries: QueryClient;
}

export const rootRoute = createRootRouteWithContext<Context>()({
  component: Outlet,
});

/** Everything that needs a signed-in person; pages hang their routes below it. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  component: Shell,
  errorComponent: ({ error, reset }) => (
    <main>
      <Failure error={error} retry={reset} />
    </main>
  ),
  async beforeLoad({ context, location }) {
    try {
      const me = await context.queries.ensureQueryData(meQuery);
      await speakAs(me.locale);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: "/sign-in", search: { next: location.href } });
      }
      throw error;
    }
  },
});

/** Whatever no page has: said within the shell, so that the way on is at hand. */
export const missingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "$",
  component: Missing,
});
