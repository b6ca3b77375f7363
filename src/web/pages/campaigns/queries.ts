import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client.ts";

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ["campaigns", id],
    queryFn: () => answer(api.GET("/api/v1/campaigns/{id}", { params: { path: { id } } })),
  });

export const audienceQuery = (id: string) =>
  queryOptions({
    queryKey: ["campaigns", id, "audience"],
    queryFn: () => answer(api.GET("/api/v1/campaigns/{id}/audience", { params: { path: { id } } })),
    placeholderData: (before) => before,
  });

export const resultsQuery = (id: string) =>
  queryOptions({
    queryKey: ["campaigns", id, "results"],
    queryFn: () => answer(api.GET("/api/v1/campaigns/{id}/results", { params: { path: { id } } })),
  });

/** What mail goes out by; the first 200, which is more than a workspace has. */
export const accountsQuery = queryOptions({
  queryKey: ["sending-accounts", "all"],
  queryFn: () => answer(api.GET("/api/v1/sending-accounts", { params: { query: { limit: 200 } } })),
  staleTime: 30_000,
});

export const templatesQuery = queryOptions({
  queryKey: ["templates", "choice"],
  queryFn: () => answer(api.GET("/api/v1/templates", { params: { query: { limit: 200 } } })),
  staleTime: 10_000,
});

export const topicsQuery = queryOptions({
  queryKey: ["topics"],
  queryFn: () => answer(api.GET("/api/v1/topics")),
  staleTime: 30_000,
});
