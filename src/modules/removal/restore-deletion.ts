import type { Database, Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { enqueueJob, type Job, saveItems, saveProgress } from "../../kernel/jobs/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { binnedAfter, countBin } from "./bin-queries.ts";
import { type Deletion, findDeletion } from "./deletion-queries.ts";
import { giveExclusionsBack, giveMembersBack, markListLive } from "./list-queries.ts";
import { holdPerformer, type Performer } from "./performer.ts";
import { type OnConflict, type RemovalParts, restoreBatch } from "./restore-batch.ts";
import { retrying } from "./retrying.ts";
import { stillRestorable } from "./rules.ts";

const contactsPerBatch = 5_000;

/** What a restoration's job keeps: a whole deletion, or some contacts in order of their ids. */
export interface RestorationPayload {
  deletion_id: string | null;
  contact_ids: string[] | null;
  on_conflict: OnConflict;
  by: Performer;
}

/** The deletion, if it can be taken back at this moment; else throws what stands against it. */
export async function requireRestorable(tx: Tx, id: string, now: Date): Promise<Deletion> {
  const deletion = await findDeletion(tx, id);
  if (!deletion) throw new HeedError("not_found", "There is no such deletion.");
  if (!["done", "halted", "cancelled"].includes(deletion.state) || deletion.mode === "erase") {
    throw new HeedError(
      "state_conflict",
      deletion.state === "running"
        ? "This deletion is still at work. Cancel its job or wait for its end, then restore."
        : "There is nothing of this deletion that could be restored.",
      { state: deletion.state, mode: deletion.mode },
    );
  }
  if (!stillRestorable(deletion.restorable_until, now)) {
    throw new HeedError(
      "window_ended",
      "The time in which this could be restored has ended; it is being purged.",
    );
  }
  return deletion;
}

/** Queues the restoration of a whole deletion, or of named contacts of the bin. */
export async function startRestoration(
  tx: Tx,
  act: {
    deletionId: string | null;
    contactIds: readonly string[] | null;
    onConflict: OnConflict;
    by: Performer;
    actor: Actor;
    now: Date;
    /** The job that this takes back. */
    undoes?: string;
  },
): Promise<string> {
  const { deletionId, contactIds } = act;
  const deletion = deletionId ? await requireRestorable(tx, deletionId, act.now) : null;
  const ids = contactIds ? [...new Set(contactIds.map((each) => each.toLowerCase()))].sort() : null;
  const total = ids
    ? ids.length
    : deletion?.mode === "clear"
      ? deletion.removed
      : await countBin(
          tx,
          { userId: "", ownOnly: false },
          { deletionId: deletionId ?? undefined, patterns: [] },
        );
  const payload: RestorationPayload = {
    deletion_id: deletionId,
    contact_ids: ids,
    on_conflict: act.onConflict,
    by: act.by,
  };
  const jobId = await enqueueJob(tx, {
    kind: "removal.restore",
    payload: { ...payload },
    requestedBy: act.by.userId,
    total,
    ...(act.undoes ? { undoes: act.undoes } : {}),
  });
  await record(tx, {
    act: "restoration.started",
    actor: act.actor,
    subjectId: deletionId,
    detail: { contacts: total, job_id: jobId },
  });
  return jobId;
}

/** Brings back batch by batch, by contact id; the job's checkpoint says how far it came. */
export async function runRestoration(
  db: Database,
  parts: RemovalParts,
  work: { workspaceId: string; job: Job; batchSize?: number; onBatch?: () => void },
): Promise<void> {
  const payload = work.job.payload as unknown as RestorationPayload;
  const limit = work.batchSize ?? contactsPerBatch;
  let state = {
    after: (work.job.checkpoint.after as string | undefined) ?? null,
    done: work.job.done,
    counts: work.job.counts,
  };
  for (;;) {
    const next = await retrying(() =>
      db.inWorkspace(work.workspaceId, (tx) =>
        restoreNext(tx, parts, work.job, payload, state, limit),
      ),
    );
    if (!next) return;
    state = next;
    work.onBatch?.();
  }
}

type Progress = { after: string | null; done: number; counts: Record<string, number> };

async function restoreNext(
  tx: Tx,
  parts: RemovalParts,
  job: Job,
  payload: RestorationPayload,
  state: Progress,
  limit: number,
): Promise<Progress | null> {
  const by = await holdPerformer(tx, payload.by, "contacts.restore");
  const deletion = payload.deletion_id ? await findDeletion(tx, payload.deletion_id) : undefined;
  if (deletion?.mode === "clear") return giveListBack(tx, job, deletion, state, limit);
  const { after } = state;
  const ids = deletion
    ? await binnedAfter(tx, deletion.id, after, limit)
    : (payload.contact_ids ?? []).filter((id) => after === null || id > after).slice(0, limit);
  const last = ids.at(-1);
  if (!last) {
    if (deletion) await markListLive(tx, deletion.id);
    return null;
  }
  const outcomes = await restoreBatch(tx, parts, ids, {
    by,
    onConflict: payload.on_conflict,
    now: new Date(),
    deletionId: deletion?.id ?? null,
  });
  const counts = { ...state.counts };
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  await saveItems(
    tx,
    job.id,
    outcomes
      .map((each, index) => ({ each, position: state.done + index }))
      .filter(({ each }) => each.outcome !== "restored")
      .map(({ each, position }) => ({
        position,
        subjectId: each.contact_id,
        outcome: each.outcome === "merged" ? "merged" : "skipped",
        reason: each.other_contact_id ? `${each.outcome}:${each.other_contact_id}` : each.outcome,
      })),
  );
  const progress = { after: last, done: state.done + ids.length, counts };
  await saveProgress(tx, job.id, { ...progress, checkpoint: { after: last } });
  return progress;
}

/** A clearing is taken back by putting the members on their list again, and the exclusions back. */
async function giveListBack(
  tx: Tx,
  job: Job,
  deletion: Deletion,
  state: Progress,
  limit: number,
): Promise<Progress | null> {
  if (state.after === null) await giveExclusionsBack(tx, deletion.id);
  const { last, looked, back } = await giveMembersBack(tx, deletion.id, state.after, limit);
  if (last === null) return null;
  const counts = { ...state.counts, restored: (state.counts.restored ?? 0) + back };
  const progress = { after: last, done: state.done + looked, counts };
  await saveProgress(tx, job.id, { ...progress, checkpoint: { after: last } });
  return progress;
}
