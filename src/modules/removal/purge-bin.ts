import type { Database, Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { enqueueJob, type Job, saveProgress } from "../../kernel/jobs/index.ts";
import type { Viewer } from "../contacts/index.ts";
import { type Actor, record, system } from "../ledger/index.ts";
import { binnedAfter, countBin } from "./bin-queries.ts";
import { findDeletion, lockDeletion, updateDeletion } from "./deletion-queries.ts";
import { addCounts } from "./erase-batch.ts";
import { forgetCleared, purgeList } from "./list-queries.ts";
import { holdPerformer, type Performer } from "./performer.ts";
import { purgeBatch } from "./purge-batch.ts";
import { retrying } from "./retrying.ts";
import { confirmation, confirms } from "./rules.ts";

const contactsPerBatch = 1_000;

export interface PurgePayload {
  deletion_id: string | null;
  contact_ids: string[] | null;
  /** Null when the window ended by itself. */
  by: Performer | null;
}

/** Queues the purge of a deletion whose window has ended. */
export async function startDuePurge(tx: Tx, deletionId: string): Promise<string> {
  const total = await countBin(tx, { userId: "", ownOnly: false }, { deletionId, patterns: [] });
  const payload: PurgePayload = { deletion_id: deletionId, contact_ids: null, by: null };
  const jobId = await enqueueJob(tx, {
    kind: "removal.purge",
    payload: { ...payload },
    requestedBy: null,
    total,
  });
  await updateDeletion(tx, deletionId, { purge_job_id: jobId });
  return jobId;
}

/**
 * Empties a part of the bin before its time. Throws `confirmation_wrong` unless the word, or the
 * number of contacts that are in the bin of it, was typed.
 */
export async function purgeEarly(
  tx: Tx,
  act: {
    deletionId: string | null;
    contactIds: readonly string[] | null;
    confirm: string;
    viewer: Viewer;
    by: Performer;
    actor: Actor;
  },
): Promise<string> {
  const { deletionId } = act;
  if (deletionId) {
    const deletion = await lockDeletion(tx, deletionId);
    if (!deletion) throw new HeedError("not_found", "There is no such deletion.");
    if (deletion.state === "running")
      throw new HeedError("state_conflict", "This deletion is still at work. Wait for its end.");
  }
  const ids = act.contactIds
    ? [...new Set(act.contactIds.map((each) => each.toLowerCase()))].sort()
    : null;
  const total = await countBin(tx, act.viewer, {
    deletionId: deletionId ?? undefined,
    contactIds: ids ?? undefined,
    patterns: [],
  });
  if (total === 0)
    throw new HeedError(
      "state_conflict",
      "None of these is in the bin, so there is nothing to purge.",
    );
  if (!confirms(act.confirm, total)) {
    throw new HeedError(
      "confirmation_wrong",
      `Type ${confirmation(total)} to purge ${total} contacts for good. Nothing was done.`,
      { expected: confirmation(total) },
    );
  }
  const payload: PurgePayload = { deletion_id: deletionId, contact_ids: ids, by: act.by };
  const jobId = await enqueueJob(tx, {
    kind: "removal.purge",
    payload: { ...payload },
    requestedBy: act.by.userId,
    total,
  });
  await record(tx, {
    act: "purge.started",
    actor: act.actor,
    subjectId: deletionId,
    detail: { contacts: total, job_id: jobId },
  });
  return jobId;
}

/** Purges batch by batch. What is left in the bin is the checkpoint: a purged contact is not there any more. */
export async function runPurge(
  db: Database,
  work: { workspaceId: string; job: Job; batchSize?: number; onBatch?: () => void },
): Promise<void> {
  let state = {
    after: (work.job.checkpoint.after as string | undefined) ?? null,
    done: work.job.done,
    purged: work.job.counts.purged ?? 0,
  };
  for (;;) {
    const next = await retrying(() =>
      db.inWorkspace(work.workspaceId, (tx) =>
        purgeNext(tx, work.job, state, work.batchSize ?? contactsPerBatch),
      ),
    );
    if (!next) return;
    state = next;
    work.onBatch?.();
  }
}

type Progress = { after: string | null; done: number; purged: number };

async function purgeNext(
  tx: Tx,
  job: Job,
  state: Progress,
  limit: number,
): Promise<Progress | null> {
  const payload = job.payload as unknown as PurgePayload;
  const actor = payload.by ? (await holdPerformer(tx, payload.by, "contacts.erase")).actor : system;
  const { deletion_id: deletionId } = payload;
  const { after } = state;
  const ids = deletionId
    ? await binnedAfter(tx, deletionId, after, limit)
    : (payload.contact_ids ?? []).filter((id) => after === null || id > after).slice(0, limit);
  const last = ids.at(-1);
  if (!last) {
    if (deletionId) await close(tx, deletionId, actor);
    return null;
  }
  const { purged, erased } = await purgeBatch(tx, ids, { deletionId, actor });
  if (deletionId) {
    const deletion = await findDeletion(tx, deletionId);
    if (deletion) {
      await updateDeletion(tx, deletionId, { erased: addCounts(deletion.erased, erased) });
    }
  }
  const progress = {
    after: last,
    done: state.done + ids.length,
    purged: state.purged + purged.length,
  };
  await saveProgress(tx, job.id, {
    done: progress.done,
    counts: { purged: progress.purged },
    checkpoint: { after: last },
  });
  return progress;
}

async function close(tx: Tx, deletionId: string, actor: Actor): Promise<void> {
  await purgeList(tx, deletionId);
  await forgetCleared(tx, deletionId);
  await updateDeletion(tx, deletionId, { state: "purged", purged_at: new Date() });
  await record(tx, { act: "deletion.purged", actor, subjectId: deletionId });
}
