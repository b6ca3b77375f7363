import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client.ts";

/** The newest deletions, among which are all that still wait for approval: they lapse after 72 hours. */
export const newestDeletions = queryOptions({
  queryKey: ["deletions", "newest"],
  queryFn: () => answer(api.GET("/api/v1/deletions", { params: { query: { limit: 100 } } })),
});

export const restorationPreview = (id: string) =>
  queryOptions({
    queryKey: ["deletions", id, "restoration-preview"],
    queryFn: () =>
      answer(api.GET("/api/v1/deletions/{id}/restoration-preview", { params: { path: { id } } })),
  });

export const openRequests = queryOptions({
  queryKey: ["erasure-requests", "open"],
  queryFn: () =>
    answer(
      api.GET("/api/v1/erasure-requests", { params: { query: { open: "true", limit: 200 } } }),
    ),
});
