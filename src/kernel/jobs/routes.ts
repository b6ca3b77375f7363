import { z } from "zod";
import type { Database } from "../database/index.ts";
import {
  decodeIdCursor,
  decodePositionCursor,
  encodeCursor,
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  rfc3339,
  rfc3339OrNull,
  route,
  streamingRoute,
  time,
} from "../http/index.ts";
import { findJob, type Job, listItems, listJobs, requestCancellation } from "./job.ts";
import { sendEvents } from "./send-events.ts";

const jobSchema = z.object({
  id,
  kind: z.string(),
  state: z.enum(["queued", "running", "finished", "cancelled", "failed"]),
  total: z.number().int().nullable(),
  done: z.number().int(),
  counts: z.record(z.string(), z.number()),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  requested_by: id.nullable(),
  cancel_requested: z.boolean(),
  created_at: time,
  started_at: time.nullable(),
  finished_at: time.nullable(),
});

function present(job: Job): z.input<typeof jobSchema> {
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    total: job.total,
    done: job.done,
    counts: job.counts,
    error: job.error,
    requested_by: job.requested_by,
    cancel_requested: job.cancel_requested_at !== null,
    created_at: rfc3339(job.created_at),
    started_at: rfc3339OrNull(job.started_at),
    finished_at: rfc3339OrNull(job.finished_at),
  };
}

const itemSchema = z.object({
  position: z.number().int(),
  subject_id: id.nullable(),
  outcome: z.string(),
  reason: z.string().nullable(),
});

const ended = new Set(["finished", "cancelled", "failed"]);

async function currentJob(db: Database, workspaceId: string, jobId: string) {
  return present(await db.inWorkspace(workspaceId, (tx) => findJob(tx, jobId)));
}

export const jobRoutes: Route[] = [
  route({
    method: "GET",
    path: "/jobs",
    permission: "jobs.view",
    summary: "Bulk operations, newest first",
    tag: "Jobs",
    query: pageQuery,
    response: page(jobSchema),
    async handler({ tx, query }) {
      const before = query.cursor ? decodeIdCursor(query.cursor) : undefined;
      const jobs = await listJobs(tx, { limit: query.limit + 1, ...(before ? { before } : {}) });
      const shown = jobs.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(present),
        next_cursor: jobs.length > query.limit && last ? encodeCursor([last.id]) : null,
      };
    },
  }),
  route({
    method: "GET",
    path: "/jobs/:id",
    permission: "jobs.view",
    summary: "One job and how far it is",
    tag: "Jobs",
    params: idParams,
    response: jobSchema,
    handler: async ({ tx, params }) => present(await findJob(tx, params.id)),
  }),
  route({
    method: "GET",
    path: "/jobs/:id/items",
    permission: "jobs.view",
    summary: "The result of each item, with reasons",
    tag: "Jobs",
    params: idParams,
    query: pageQuery,
    response: page(itemSchema),
    async handler({ tx, params, query }) {
      await findJob(tx, params.id);
      const after = query.cursor ? decodePositionCursor(query.cursor) : -1;
      const items = await listItems(tx, params.id, { after, limit: query.limit + 1 });
      const shown = items.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown,
        next_cursor: items.length > query.limit && last ? encodeCursor([last.position]) : null,
      };
    },
  }),
  route({
    method: "POST",
    path: "/jobs/:id/cancellation",
    permission: "jobs.cancel",
    summary: "Stop a job at its next item boundary",
    tag: "Jobs",
    params: idParams,
    response: jobSchema,
    status: 202,
    handler: async ({ tx, params }) => present(await requestCancellation(tx, params.id)),
  }),
  streamingRoute({
    method: "GET",
    path: "/jobs/:id/events",
    permission: "jobs.view",
    summary: "Progress as server-sent events until the job ends",
    tag: "Jobs",
    params: idParams,
    produces: "text/event-stream",
    async stream({ db, caller, params, request, reply }) {
      await currentJob(db, caller.workspaceId, params.id);
      return sendEvents(request, reply, {
        read: () => currentJob(db, caller.workspaceId, params.id),
        isLast: (job) => ended.has(job.state),
      });
    },
  }),
];
