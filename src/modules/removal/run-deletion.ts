import type { Database, Tx } from "../../kernel/database/index.ts";
import { HeedError, isHeedError } from "../../kernel/errors.ts";
import { saveItems, saveProgress } from "../../kernel/jobs/index.ts";
import type { Channel } from "../contacts/index.ts";
import { record, system } from "../ledger/index.ts";
import { clearBatch, clearExclusions } from "./clear-list.ts";
import { deleteBatch, type Skipped } from "./delete-batch.ts";
import {
  type Deletion,
  findDeletion,
  frozenAfter,
  lockDeletion,
  updateDeletion,
} from "./deletion-queries.ts";
import { addCounts, eraseAddress, eraseBatch } from "./erase-batch.ts";
import { markListDeleted, removeListRow } from "./list-queries.ts";
import { holdPerformer, type Performing } from "./performer.ts";
import { permissionFor } from "./preview-deletion.ts";
import { closeRequest, findRequest } from "./request-queries.ts";
import { retrying } from "./retrying.ts";

const batchSizes = { bin: 5_000, clear: 5_000, erase: 100 } as const;

export interface DeletionWork {
  workspaceId: string;
  deletionId: string;
  jobId: string;
  /** Where uploads lie, for erasing. */
  dataDir: string;
  /** For tests: contacts a batch. */
  batchSize?: number;
  onBatch?: () => void;
}

/**
 * Acts on the frozen set in its order, a batch a transaction. The deletion's own row says how far
 * it is, so a crash resumes after exactly the batches that committed and two processes that run it
 * at once apply none twice (D1, J1).
 */
export async function runDeletion(db: Database, work: DeletionWork): Promise<void> {
  try {
    while (await retrying(() => db.inWorkspace(work.workspaceId, (tx) => nextBatch(tx, work)))) {
      work.onBatch?.();
    }
  } catch (error) {
    if (!isHeedError(error)) throw error;
    throw await db.inWorkspace(work.workspaceId, (tx) => halt(tx, work, error));
  }
}

async function nextBatch(tx: Tx, work: DeletionWork): Promise<boolean> {
  const deletion = await lockDeletion(tx, work.deletionId);
  if (deletion?.state !== "running") return false;
  const by = await holdPerformer(
    tx,
    { userId: deletion.requested_by, apiKeyId: deletion.api_key_id },
    permissionFor(deletion.mode),
  );
  const after = deletion.removed + deletion.skipped;
  const size = work.batchSize ?? batchSizes[deletion.mode];
  const items = await frozenAfter(tx, deletion.id, after, size);
  if (items.length === 0) {
    await finish(tx, deletion, by, work.dataDir);
    return false;
  }
  const result = await applyBatch(tx, deletion, items, by, work.dataDir);
  const removed = deletion.removed + result.removed;
  const skipped = deletion.skipped + result.skipped.length;
  await updateDeletion(tx, deletion.id, {
    removed,
    skipped,
    erased: addCounts(deletion.erased, result.erased),
  });
  await saveItems(
    tx,
    work.jobId,
    result.skipped.map(({ position, contactId, reason }) => ({
      position,
      subjectId: contactId,
      outcome: "skipped",
      reason,
    })),
  );
  await saveProgress(tx, work.jobId, { done: removed + skipped, counts: { removed, skipped } });
  return true;
}

async function applyBatch(
  tx: Tx,
  deletion: Deletion,
  items: Awaited<ReturnType<typeof frozenAfter>>,
  by: Performing,
  dataDir: string,
): Promise<{ removed: number; skipped: Skipped[]; erased: Record<string, number> }> {
  switch (deletion.mode) {
    case "erase":
      return eraseBatch(tx, deletion, items, by, dataDir);
    case "clear":
      return { ...(await clearBatch(tx, deletion, items, by)), erased: {} };
    case "bin":
      return { ...(await deleteBatch(tx, deletion, items, by)), erased: {} };
  }
}

async function finish(tx: Tx, deletion: Deletion, by: Performing, dataDir: string): Promise<void> {
  const now = new Date();
  if (deletion.mode === "clear" && !deletion.keep_exclusions) await clearExclusions(tx, deletion);
  if (deletion.also_list && deletion.list_id) {
    if (deletion.mode === "erase") await removeListRow(tx, deletion.list_id);
    else await markListDeleted(tx, deletion.id, deletion.list_id);
  }
  await updateDeletion(tx, deletion.id, { state: "done", finished_at: now });
  if (deletion.request_id) await answerRequest(tx, deletion, { by, now, dataDir });
  await record(tx, {
    act: "deletion.finished",
    actor: by.actor,
    subjectId: deletion.id,
    detail: { mode: deletion.mode, removed: deletion.removed, skipped: deletion.skipped },
  });
}

/** The request is answered, with whatever is left of its address where no contact has it. */
async function answerRequest(
  tx: Tx,
  deletion: Deletion,
  how: { by: Performing; now: Date; dataDir: string },
): Promise<void> {
  const request = await findRequest(tx, deletion.request_id as string);
  if (!request) return;
  const { key, address } = request;
  if (key && address) {
    const erased = await eraseAddress(tx, {
      key,
      address,
      channel: (request.channel ?? "email") as Channel,
      actor: how.by.actor,
      dataDir: how.dataDir,
    });
    await updateDeletion(tx, deletion.id, { erased: addCounts(deletion.erased, erased) });
  }
  await closeRequest(tx, request.id, deletion.id, how.now);
}

/** A cancellation or a permission taken away ends the deletion where it is; what went stays in the bin and can be restored. */
async function halt(tx: Tx, work: DeletionWork, error: HeedError): Promise<HeedError> {
  const deletion = await findDeletion(tx, work.deletionId);
  if (deletion?.state !== "running") return error;
  const state = error.code === "job_cancelled" ? "cancelled" : "halted";
  await updateDeletion(tx, deletion.id, { state, finished_at: new Date() });
  await record(tx, {
    act: `deletion.${state}`,
    actor: system,
    subjectId: deletion.id,
    detail: { removed: deletion.removed, of: deletion.count, code: error.code },
  });
  return new HeedError(
    error.code,
    `${error.message} ${deletion.removed} of ${deletion.count} contacts were done, the other ${deletion.count - deletion.removed} were not.`,
    { ...error.details, removed: deletion.removed, count: deletion.count },
  );
}
