import { z } from "zod";
import type { Tx } from "../database/index.ts";
import { type Caller, id, rfc3339, rfc3339OrNull, time } from "../http/index.ts";
import type { Job } from "./job.ts";
import type { JobKinds } from "./kinds.ts";
import { undoing } from "./undo.ts";

export const jobStateSchema = z.enum(["queued", "running", "finished", "cancelled", "failed"]);

export const jobSchema = z.object({
  id,
  kind: z.string(),
  title: z.string().describe("What it does, in words"),
  state: jobStateSchema,
  total: z.number().int().nullable(),
  done: z.number().int(),
  rate: z
    .number()
    .nullable()
    .describe("Items a second over the time it worked; null before the first batch"),
  seconds_left: z.number().int().nullable().describe("At this rate; null when it is not known"),
  counts: z.record(z.string(), z.number()),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  requested_by: id.nullable(),
  requested_by_name: z.string().nullable(),
  cancel_requested: z.boolean(),
  undo: z.object({
    possible: z.boolean(),
    until: time.nullable(),
    because: z.string().describe("Why it is not possible"),
  }),
  undoes: id.nullable().describe("The job that this one undoes"),
  undone_by: id.nullable().describe("The job that undoes this one"),
  created_at: time,
  started_at: time.nullable(),
  finished_at: time.nullable(),
});

/** What the job routes need of the modules: the kinds of work, and who people are. */
export interface JobParts {
  kinds: JobKinds;
  namesOf(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>>;
}

/** Items per second, and the seconds that the rest takes at that rate. */
export function pace(job: Pick<Job, "done" | "total" | "worked_ms" | "finished_at">): {
  rate: number | null;
  seconds_left: number | null;
} {
  if (job.done === 0 || job.worked_ms === 0) return { rate: null, seconds_left: null };
  const rate = (job.done * 1000) / job.worked_ms;
  const left = job.finished_at || job.total === null ? null : Math.max(0, job.total - job.done);
  return {
    rate: Math.round(rate * 10) / 10,
    seconds_left: left === null ? null : Math.ceil(left / rate),
  };
}

export async function presentJobs(
  tx: Tx,
  { kinds, namesOf }: JobParts,
  jobs: readonly Job[],
  caller: Caller,
): Promise<z.input<typeof jobSchema>[]> {
  const names = await namesOf(tx, [...new Set(jobs.flatMap((job) => job.requested_by ?? []))]);
  const now = new Date();
  const presented: z.input<typeof jobSchema>[] = [];
  for (const job of jobs) {
    const undo = await undoing(tx, job, kinds, caller, now);
    presented.push({
      id: job.id,
      kind: job.kind,
      title: kinds[job.kind]?.title(job) ?? job.kind,
      state: job.state,
      total: job.total,
      done: job.done,
      ...pace(job),
      counts: job.counts,
      error: job.error,
      requested_by: job.requested_by,
      requested_by_name: names.get(job.requested_by ?? "") ?? null,
      cancel_requested: job.cancel_requested_at !== null,
      undo: { possible: undo.possible, until: rfc3339OrNull(undo.until), because: undo.because },
      undoes: job.undoes,
      undone_by: job.undone_by,
      created_at: rfc3339(job.created_at),
      started_at: rfc3339OrNull(job.started_at),
      finished_at: rfc3339OrNull(job.finished_at),
    });
  }
  return presented;
}
