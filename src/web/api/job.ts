import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client.ts";
import { useEvents } from "./events.ts";
import type { Job } from "./types.ts";

const ended: ReadonlySet<Job["state"]> = new Set(["finished", "cancelled", "failed"]);

export function hasEnded(job: Pick<Job, "state">): boolean {
  return ended.has(job.state);
}

/** A job, live: read once, then followed by its events until it ends. */
export function useJob(id: string | null) {
  const query = useQuery({
    queryKey: ["jobs", id],
    queryFn: () => answer(api.GET("/api/v1/jobs/{id}", { params: { path: { id: id ?? "" } } })),
    enabled: id !== null,
  });
  const follow = id !== null && query.data !== undefined && !hasEnded(query.data);
  const live = useEvents<Job>(follow ? `/jobs/${id}/events` : null);
  const job = live && live.id === id ? live : query.data;
  return { job, error: query.error, isPending: query.isPending, refetch: query.refetch };
}
