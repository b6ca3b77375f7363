import { sql } from "kysely";
import type { Tx } from "../database/index.ts";

/** For how long a job can be undone after its end, and the results of its items are kept. */
export const undoWithinDays = 90;

/** What came of one item of a job. */
export interface JobItem {
  /** Its place among all items of the job, from 0. */
  position: number;
  subject_id: string | null;
  /** `done`, `skipped`, or another word of the kind. */
  outcome: string;
  reason: string | null;
}

export interface NewItem {
  position: number;
  subjectId: string | null;
  outcome: string;
  reason: string | null;
  /** What undoing it needs to know. */
  detail?: Record<string, unknown> | null;
}

/** Adds the results of items, at positions that a repeated batch cannot double. */
export async function saveItems(tx: Tx, jobId: string, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    INSERT INTO job_item (workspace_id, job_id, position, subject_id, outcome, reason, detail)
    SELECT ${tx.workspaceId}, ${jobId}, * FROM unnest(
      ${items.map((i) => i.position)}::bigint[], ${items.map((i) => i.subjectId)}::uuid[],
      ${items.map((i) => i.outcome)}::text[], ${items.map((i) => i.reason)}::text[],
      ${items.map((i) => (i.detail ? JSON.stringify(i.detail) : null))}::jsonb[])
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** A page of results in order of position; `outcome` narrows them to one. */
export async function listItems(
  tx: Tx,
  jobId: string,
  page: { after: number; limit: number; outcome?: string | undefined },
): Promise<JobItem[]> {
  const { rows } = await sql<JobItem>`
    SELECT position, subject_id, outcome, reason FROM job_item
    WHERE job_id = ${jobId} AND position > ${page.after}
      AND ${page.outcome === undefined ? sql`true` : sql`outcome = ${page.outcome}`}
    ORDER BY position LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** An item that was done, as its undoing needs it. */
export interface DoneItem {
  position: number;
  subject_id: string;
  detail: Record<string, unknown> | null;
}

/** The next items that a job did, from a position on. */
export async function listDone(
  tx: Tx,
  jobId: string,
  page: { from: number; limit: number },
): Promise<DoneItem[]> {
  const { rows } = await sql<DoneItem>`
    SELECT position, subject_id, detail FROM job_item
    WHERE job_id = ${jobId} AND position >= ${page.from} AND outcome = 'done' AND subject_id IS NOT NULL
    ORDER BY position LIMIT ${page.limit}`.execute(tx);
  return rows;
}

export async function countDone(tx: Tx, jobId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM job_item
    WHERE job_id = ${jobId} AND outcome = 'done' AND subject_id IS NOT NULL`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Takes away the results (and frozen batches) of jobs that ended over 90 days ago; the jobs stay. */
export async function deleteOldItems(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql`
    DELETE FROM job_item WHERE workspace_id = ${tx.workspaceId} AND (job_id, position) IN (
      SELECT i.job_id, i.position FROM job j JOIN job_item i ON i.workspace_id = j.workspace_id AND i.job_id = j.id
      WHERE j.finished_at < now() - make_interval(days => ${undoWithinDays}) LIMIT ${limit})
    RETURNING 1`.execute(tx);
  await sql`
    DELETE FROM job_batch WHERE job_id IN (
      SELECT id FROM job WHERE finished_at < now() - make_interval(days => ${undoWithinDays}))`.execute(
    tx,
  );
  return rows.length;
}
