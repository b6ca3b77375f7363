import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/error.ts";

/** Reads are kept for a few seconds; only a server that did not answer is asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
    },
  },
});

// A session that ended anywhere shows the sign-in page, with the way back.
queries.getQueryCache().subscribe((event) => {
  if (event.type !== "updated" || event.action.type !== "error") return;
  const { error } = event.action;
  if (!(error instanceof ApiError) || error.status !== 401) return;
  if (location.pathname === "/sign-in") return;
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
});
