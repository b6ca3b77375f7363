import { sql } from "kysely";
import type { Tx } from "../database/index.ts";
import { HeedError } from "../errors.ts";
import { type NewItem, saveItems } from "./items.ts";
import { findJob, type Job, saveProgress } from "./job.ts";
import type { JobContext } from "./kinds.ts";

/** The next things that a job goes through. */
export interface Batch<T> {
  items: readonly T[];
  /** The position to ask from for the batch after this one. */
  next: number;
}

export interface BatchSteps<T> {
  /** Freezes what the job goes through, in its first transaction; answers how many. */
  freeze?(tx: Tx, job: Job): Promise<number>;
  /** The batch from a position on, or null at the end. */
  next(tx: Tx, from: number, job: Job): Promise<Batch<T> | null>;
  /** Does one batch; `job` is how it stands now. */
  act(
    tx: Tx,
    batch: Batch<T>,
    job: Job,
  ): Promise<{ counts: Record<string, number>; items: readonly NewItem[] }>;
}

/**
 * Goes through a job's batches, each a short transaction that also keeps how far it came and what
 * became of each item: a crash resumes after exactly those that committed (J1), and two processes
 * that hold the same job take turns. Throws `job_cancelled` before the batch at which somebody
 * asked to cancel; what was done before stands.
 */
export async function runInBatches<T>(
  { db, workspaceId, job }: JobContext,
  steps: BatchSteps<T>,
): Promise<void> {
  for (let more = true; more; ) {
    more = await db.inWorkspace(workspaceId, async (tx) => {
      const now = await takeTurn(tx, job.id);
      if (now.finished_at !== null) return false;
      if (steps.freeze && now.checkpoint.frozen !== true) {
        const total = await steps.freeze(tx, now);
        await saveProgress(tx, job.id, { done: 0, total, checkpoint: { frozen: true } });
        return true;
      }
      const from = typeof now.checkpoint.position === "number" ? now.checkpoint.position : 0;
      const batch = await steps.next(tx, from, now);
      if (!batch) return false;
      const { counts, items } = await steps.act(tx, batch, now);
      await saveItems(tx, job.id, items);
      await saveProgress(tx, job.id, {
        done: now.done + batch.items.length,
        counts: sumOf(now.counts, counts),
        checkpoint: { position: batch.next },
      });
      return true;
    });
  }
}

/**
 * The job as it stands, for this transaction alone: by a lock beside the row, so that whoever asks
 * to cancel meanwhile need not wait for the batch.
 */
async function takeTurn(tx: Tx, jobId: string): Promise<Job> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${jobId}, 0))`.execute(tx);
  const job = await findJob(tx, jobId);
  if (job.cancel_requested_at && job.finished_at === null) {
    throw new HeedError("job_cancelled", "The job was cancelled.");
  }
  return job;
}

/** Keeps ids as the job's batches of `size`, from position `first` on; answers the position after them. */
export async function freezeIds(
  tx: Tx,
  jobId: string,
  ids: readonly string[],
  { first = 0, size }: { first?: number; size: number },
): Promise<number> {
  if (ids.length === 0) return first;
  await sql`
    INSERT INTO job_batch (workspace_id, job_id, first, subject_ids)
    SELECT ${tx.workspaceId}, ${jobId}, ${first}::bigint + min(n) - 1, array_agg(id ORDER BY n)
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS given (id, n)
    GROUP BY (n - 1) / ${size}::int`.execute(tx);
  return first + ids.length;
}

/** The frozen batch that begins at a position, or null when the last is behind it. */
export async function frozenBatch(
  tx: Tx,
  jobId: string,
  from: number,
): Promise<Batch<string> | null> {
  const { rows } = await sql<{ first: number; subject_ids: string[] }>`
    SELECT first, subject_ids FROM job_batch
    WHERE job_id = ${jobId} AND first >= ${from} ORDER BY first LIMIT 1`.execute(tx);
  const row = rows[0];
  return row ? { items: row.subject_ids, next: row.first + row.subject_ids.length } : null;
}

/** Counts added by name. */
export function sumOf(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}
