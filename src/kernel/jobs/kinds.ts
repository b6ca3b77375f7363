import type { Database, Tx } from "../database/index.ts";
import type { Caller } from "../http/index.ts";
import type { Job } from "./job.ts";

export interface JobContext {
  db: Database;
  workspaceId: string;
  job: Job;
}

/**
 * Does the work of one kind of job. Begins a short transaction per batch, ends
 * each with `saveProgress`, and continues from `job.checkpoint` when it is
 * called again after a crash.
 */
export type JobHandler = (context: JobContext) => Promise<void>;

/** How a job as a whole is taken back. */
export interface JobUndo {
  /** Who may undo it. */
  permission: string;
  /** Queues the job that undoes this one, which has ended and was not undone; answers its id. Null is the operator. */
  start(tx: Tx, job: Job, caller: Caller | null): Promise<string>;
}

/** One kind of background work; app/jobs.ts lists them all. */
export interface JobKind {
  /** What such a job does, as whoever asked would say it: "Import contacts from a file". */
  title(job: Job): string;
  run: JobHandler;
  /** Absent where nothing can be taken back. */
  undo?: JobUndo;
  /** Why not, where it is absent. */
  cannotUndo?: string;
}

export type JobKinds = Readonly<Record<string, JobKind>>;
