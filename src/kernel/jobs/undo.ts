import type { Tx } from "../database/index.ts";
import { HeedError } from "../errors.ts";
import type { Caller } from "../http/index.ts";
import { undoWithinDays } from "./items.ts";
import { findJob, type Job, lockJob, markUndone } from "./job.ts";
import type { JobKinds } from "./kinds.ts";

export interface Undoing {
  possible: boolean;
  /** The last moment at which it is; null where it never is. */
  until: Date | null;
  /** Why it is not possible, or an empty text. */
  because: string;
}

/** Whether a caller (null: the operator) may take a job back, until when, and if not, why. */
export async function undoing(
  tx: Tx,
  job: Job,
  kinds: JobKinds,
  caller: Pick<Caller, "permissions"> | null,
  now: Date,
): Promise<Undoing> {
  const undo = kinds[job.kind]?.undo;
  if (!undo) {
    return no(kinds[job.kind]?.cannotUndo ?? "What this job did cannot be taken back as a whole.");
  }
  if (!job.finished_at) return no("It has not ended. Cancel it or wait for its end first.");
  const until = new Date(job.finished_at.getTime() + undoWithinDays * 86_400_000);
  if (job.done === 0) return no("It did nothing.");
  if (now > until) return no(`It ended over ${undoWithinDays} days ago.`, until);
  if (caller && !caller.permissions.has(undo.permission)) {
    return no(`It needs the permission ${undo.permission}. Ask somebody who has it.`, until);
  }
  if (job.undone_by) {
    const { state } = await findJob(tx, job.undone_by);
    if (state === "finished") return no("It was undone already.", until);
    if (state === "queued" || state === "running") return no("It is being undone.", until);
  }
  return { possible: true, until, because: "" };
}

function no(because: string, until: Date | null = null): Undoing {
  return { possible: false, until, because };
}

/**
 * Queues the undoing of a job and answers its id. Of two at once, one begins and the other is told
 * so. An undoing that failed or was cancelled may be asked for again: it finds what is left to do.
 * @throws HeedError state_conflict, permission_denied
 */
export async function undoJob(
  tx: Tx,
  request: { jobId: string; kinds: JobKinds; caller: Caller | null; now: Date },
): Promise<string> {
  const { kinds, caller } = request;
  const job = await lockJob(tx, request.jobId);
  const { possible, because } = await undoing(tx, job, kinds, caller, request.now);
  const undo = kinds[job.kind]?.undo;
  if (undo && caller && !caller.permissions.has(undo.permission)) {
    throw new HeedError("permission_denied", because, { permission: undo.permission });
  }
  if (!undo || !possible) throw new HeedError("state_conflict", because);
  const undoneBy = await undo.start(tx, job, caller);
  await markUndone(tx, job.id, undoneBy);
  return undoneBy;
}
