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
  },
): Promise<string> {
  const id = newId();
  await sql`
    INSERT INTO job (workspace_id, id, kind, payload, total, requested_by)
    VALUES (${tx.workspaceId}, ${id}, ${job.kind}, ${JSON.stringify(job.payload)}::jsonb, ${job.total ?? null}, ${job.requestedBy})`.execute(
    tx,
  );
  await sql`SELECT enqueue_job(${tx.workspaceId}, ${id})`.execute(tx);
  return id;
}

export async function findJob(tx: Tx, id: string): Promise<Job> {
  const { rows } = await sql<Job>`SELECT * FROM job WHERE id = ${id}`.execute(tx);
  if (!rows[0]) throw new HeedError("not_found", "There is no such job.");
  return rows[0];
}

/** Jobs, newest first, older than the given id. */
export async function listJobs(tx: Tx, page: { before?: string; limit: number }): Promise<Job[]> {
  const { rows } = await sql<Job>`
    SELECT * FROM job WHERE ${page.before ? sql`id < ${page.before}` : sql`true`}
    ORDER BY id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
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
      total = coalesce(${progress.total ?? null}, total),
      counts = counts || ${JSON.stringify(progress.counts ?? {})}::jsonb,
      checkpoint = checkpoint || ${JSON.stringify(progress.checkpoint ?? {})}::jsonb
    WHERE id = ${id} RETURNING cancel_requested_at`.execute(tx);
  if (rows[0]?.cancel_requested_at) {
    throw new HeedError("job_cancelled", "The job was cancelled.");
  }
}

/** Adds the results of items, at positions that a repeated batch cannot double. */
export async function saveItems(
  tx: Tx,
  jobId: string,
  items: readonly {
    position: number;
    subjectId: string | null;
    outcome: string;
    reason: string | null;
  }[],
): Promise<void> {
  if (items.length === 0) return;
  await sql`
    INSERT INTO job_item (workspace_id, job_id, position, subject_id, outcome, reason)
    SELECT ${tx.workspaceId}, ${jobId}, * FROM unnest(
      ${items.map((i) => i.position)}::bigint[], ${items.map((i) => i.subjectId)}::uuid[],
      ${items.map((i) => i.outcome)}::text[], ${items.map((i) => i.reason)}::text[])
    ON CONFLICT DO NOTHING`.execute(tx);
}

export interface JobItem {
  position: number;
  subject_id: string | null;
  outcome: string;
  reason: string | null;
}

export async function listItems(
  tx: Tx,
  jobId: string,
  page: { after: number; limit: number },
): Promise<JobItem[]> {
  const { rows } = await sql<JobItem>`
    SELECT position, subject_id, outcome, reason FROM job_item
    WHERE job_id = ${jobId} AND position > ${page.after} ORDER BY position LIMIT ${page.limit}`.execute(
    tx,
  );
  return rows;
}
