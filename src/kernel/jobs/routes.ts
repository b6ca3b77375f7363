import { z } from "zod";
import type { Tx } from "../database/index.ts";
import { HeedError } from "../errors.ts";
import {
  type Caller,
  decodeIdCursor,
  decodePositionCursor,
  encodeCursor,
  id,
  idParams,
  jobStarted,
  page,
  pageQuery,
  type Route,
  route,
  streamingRoute,
} from "../http/index.ts";
import { listItems } from "./items.ts";
import { findJob, type Job, listJobs, requestCancellation } from "./job.ts";
import { type JobParts, jobSchema, jobStateSchema, presentJobs } from "./present.ts";
import { sendEvents } from "./send-events.ts";
import { undoJob } from "./undo.ts";

const itemSchema = z.object({
  position: z.number().int(),
  subject_id: id.nullable(),
  outcome: z.string(),
  reason: z.string().nullable(),
});

const ended = new Set(["finished", "cancelled", "failed"]);

/** Somebody who sees only their own contacts sees only the jobs that they asked for. */
async function visibleJob(tx: Tx, caller: Caller, jobId: string): Promise<Job> {
  const job = await findJob(tx, jobId);
  if (caller.ownOnly && job.requested_by !== caller.userId) {
    throw new HeedError("not_found", "There is no such job.");
  }
  return job;
}

export function jobRoutes(parts: JobParts): Route[] {
  const presentOne = async (tx: Tx, job: Job, caller: Caller) =>
    (await presentJobs(tx, parts, [job], caller))[0] as z.input<typeof jobSchema>;
  return [
    route({
      method: "GET",
      path: "/jobs",
      permission: "jobs.view",
      summary: "Bulk operations, newest first",
      tag: "Jobs",
      query: pageQuery.extend({
        state: jobStateSchema.optional(),
        kind: z.string().max(100).optional(),
      }),
      response: page(jobSchema),
      async handler({ tx, caller, query }) {
        const jobs = await listJobs(tx, {
          limit: query.limit + 1,
          before: query.cursor ? decodeIdCursor(query.cursor) : undefined,
          state: query.state,
          kind: query.kind,
          requestedBy: caller.ownOnly ? caller.userId : null,
        });
        const shown = jobs.slice(0, query.limit);
        const last = shown.at(-1);
        return {
          items: await presentJobs(tx, parts, shown, caller),
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
      handler: async ({ tx, caller, params }) =>
        presentOne(tx, await visibleJob(tx, caller, params.id), caller),
    }),
    route({
      method: "GET",
      path: "/jobs/:id/items",
      permission: "jobs.view",
      summary: "The result of each item, with reasons",
      tag: "Jobs",
      params: idParams,
      query: pageQuery.extend({ outcome: z.string().max(40).optional() }),
      response: page(itemSchema),
      async handler({ tx, caller, params, query }) {
        await visibleJob(tx, caller, params.id);
        const after = query.cursor ? decodePositionCursor(query.cursor) : -1;
        const { limit, outcome } = query;
        const items = await listItems(tx, params.id, { after, limit: limit + 1, outcome });
        const shown = items.slice(0, limit);
        const last = shown.at(-1);
        return {
          items: shown,
          next_cursor: items.length > limit && last ? encodeCursor([last.position]) : null,
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
      async handler({ tx, caller, params }) {
        await visibleJob(tx, caller, params.id);
        return presentOne(tx, await requestCancellation(tx, params.id), caller);
      },
    }),
    route({
      method: "POST",
      path: "/jobs/:id/undo",
      permission: "jobs.view",
      summary: "Take back what a job did, as a job of its own",
      description:
        "Needs the permission of the opposite act. Whatever changed since is left as it is, and its item says so.",
      tag: "Jobs",
      params: idParams,
      response: jobStarted,
      status: 202,
      async handler({ tx, caller, params }) {
        await visibleJob(tx, caller, params.id);
        const { kinds } = parts;
        return {
          job_id: await undoJob(tx, { jobId: params.id, kinds, caller, now: new Date() }),
        };
      },
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
        const read = () =>
          db.inWorkspace(caller.workspaceId, async (tx) =>
            presentOne(tx, await visibleJob(tx, caller, params.id), caller),
          );
        await read();
        return sendEvents(request, reply, { read, isLast: (job) => ended.has(job.state) });
      },
    }),
  ];
}
