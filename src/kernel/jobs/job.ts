import { sql } from "kysely";
import type { Tx } from "../database/index.ts";
import { HeedError } from "../errors.ts";
import { newId } from "../ids.ts";

export type JobState = "queued" | "running" | "finished" | "cancelled" | "failed";

export interface Job {
  id: string;
  kind: string;
  state: JobState;
  payload: Record<string, unknown>;
  checkpoint: Record<string, unknown>;
  total: number | null;
  done: number;
  counts: Record<string, number>;
  error: { code: string; message: string } | null;
  requested_by: string | null;
  cancel_requested_at: Date | null;
  /** The job that this one undoes. */
  undoes: string | null;
  /** The job that undoes, or undid, this one. */
  undone_by: string | null;
  /** How long it has worked, in ms, without the time that it waited or its process was gone. */
  worked_ms: number;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

/** Records a job and queues it, in the transaction that asks for it. Returns its id. */
export async function enqueueJob(
  tx: Tx,
  job: {
    kind: string;
    payload: Record<string, unknown>;
    requestedBy: string | null;
    total?: number;
    undoes?: string;
  },
): Promise<string> {
  const id = newId();
  await sql`
    INSERT INTO job (workspace_id, id, kind, payload, total, requested_by, undoes)
    VALUES (${tx.workspaceId}, ${id}, ${job.kind}, ${JSON.stringify(job.payload)}::jsonb, ${job.total ?? null}, ${job.requestedBy},
            ${job.undoes ?? null})`.execute(tx);
  await sql`SELECT enqueue_job(${tx.workspaceId}, ${id})`.execute(tx);
  return id;
}

export async function findJob(tx: Tx, id: string): Promise<Job> {
  const { rows } = await sql<Job>`SELECT * FROM job WHERE id = ${id}`.execute(tx);
  if (!rows[0]) throw new HeedError("not_found", "There is no such job.");
  return rows[0];
}

/** The same, held against other changes of its state until the transaction ends. */
export async function lockJob(tx: Tx, id: string): Promise<Job> {
  await sql`SELECT 1 FROM job WHERE id = ${id} FOR NO KEY UPDATE`.execute(tx);
  return findJob(tx, id);
}

/** Notes which job undoes this one. */
export async function markUndone(tx: Tx, id: string, undoneBy: string): Promise<void> {
  await sql`UPDATE job SET undone_by = ${undoneBy} WHERE id = ${id}`.execute(tx);
}

/** Jobs, newest first, older than the given id. */
export async function listJobs(
  tx: Tx,
  page: {
    before?: string | undefined;
    limit: number;
    state?: JobState | undefined;
    kind?: string | undefined;
    /** Only those that this user asked for. */
    requestedBy?: string | null;
  },
): Promise<Job[]> {
  const { rows } = await sql<Job>`
    SELECT * FROM job WHERE ${page.before ? sql`id < ${page.before}` : sql`true`}
      AND ${page.state ? sql`state = ${page.state}` : sql`true`}
      AND ${page.kind ? sql`kind = ${page.kind}` : sql`true`}
      AND ${page.requestedBy ? sql`requested_by = ${page.requestedBy}` : sql`true`}
    ORDER BY id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** Records work that was small enough to be done at once, so that it is listed and undone like any other. */
export async function recordJob(
  tx: Tx,
  job: {
    kind: string;
    payload: Record<string, unknown>;
    requestedBy: string | null;
    total: number;
    counts: Record<string, number>;
  },
): Promise<string> {
  const id = newId();
  await sql`
    INSERT INTO job (workspace_id, id, kind, state, payload, total, done, counts, requested_by, started_at, finished_at)
    VALUES (${tx.workspaceId}, ${id}, ${job.kind}, 'finished', ${JSON.stringify(job.payload)}::jsonb, ${job.total}, ${job.total},
            ${JSON.stringify(job.counts)}::jsonb, ${job.requestedBy}, now(), clock_timestamp())`.execute(
    tx,
  );
  return id;
}

/** Asks a job to stop at its next item boundary; a job that has ended is left as it is. */
export async function requestCancellation(tx: Tx, id: string): Promise<Job> {
  await sql`
    UPDATE job SET cancel_requested_at = coalesce(cancel_requested_at, now())
    WHERE id = ${id} AND state IN ('queued', 'running')`.execute(tx);
  return findJob(tx, id);
}

/**
 * Stores how far a job is, in the transaction of the batch itself, so that a
 * crash resumes after exactly the batches that committed. Throws
 * `job_cancelled` when somebody asked to cancel, which rolls this batch back.
 */
export async function saveProgress(
  tx: Tx,
  id: string,
  progress: {
    done: number;
    counts?: Record<string, number>;
    checkpoint?: Record<string, unknown>;
    total?: number;
  },
): Promise<void> {
  const { rows } = await sql<{ cancel_requested_at: Date | null }>`
    UPDATE job SET done = ${progress.done},
      worked_ms = worked_ms + coalesce(extract(epoch FROM clock_timestamp() - progressed_at) * 1000, 0)::bigint,
      progressed_at = clock_timestamp(),
      total = coalesce(${progress.total ?? null}, total),
      counts = counts || ${JSON.stringify(progress.counts ?? {})}::jsonb,
      checkpoint = checkpoint || ${JSON.stringify(progress.checkpoint ?? {})}::jsonb
    WHERE id = ${id} RETURNING cancel_requested_at`.execute(tx);
  if (rows[0]?.cancel_requested_at) {
    throw new HeedError("job_cancelled", "The job was cancelled.");
  }
}

/** Adds to a job's counts what became known after a batch had committed. */
export async function addCounts(
  tx: Tx,
  id: string,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [name, count] of Object.entries(counts)) {
    await sql`
      UPDATE job SET counts = jsonb_set(counts, ARRAY[${name}]::text[], to_jsonb(coalesce((counts ->> ${name})::bigint, 0) + ${count}::bigint))
      WHERE id = ${id}`.execute(tx);
  }
}
