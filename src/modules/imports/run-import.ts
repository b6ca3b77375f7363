import type { Database } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { workspacePolicy } from "../access/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { applyBatch, type Progress, type Run } from "./apply-batch.ts";
import { countStopped, lacksStatistics, refreshStatistics, usersByEmail } from "./batch-queries.ts";
import { OwnConnection } from "./own-connection.ts";
import { findImport, type Import, lockImport, updateImport } from "./queries.ts";
import { type BatchSource, openBatches, type Reading } from "./rows/open-batches.ts";
import { readInThread } from "./rows/read-in-thread.ts";
import { type Counts, noCounts, withStopped } from "./rules.ts";

/** Rows in one transaction: enough that its fixed cost is small, few enough that a cancel is soon. */
export const rowsPerBatch = 10_000;

export interface ImportWork {
  workspaceId: string;
  importId: string;
  path: string;
  actor: Actor;
  jobId: string | null;
  /** For somebody who sees only their own contacts. */
  ownerId: string | null;
  batchSize?: number;
  onProgress?: (progress: { done: number; total: number; counts: Counts }) => void;
  /** Ends the work at the next batch boundary. */
  signal?: AbortSignal;
}

/**
 * Applies the file of an import from its checkpoint on. The file is read to its end first, so
 * that one that cannot be read changes nothing. While PostgreSQL applies a batch, the next one is
 * read. Throws `job_cancelled` between batches; what was applied then stays, and can be undone.
 */
export async function runImport(db: Database, work: ImportWork): Promise<Counts> {
  const found = await db.inWorkspace(work.workspaceId, (tx) => findImport(tx, work.importId));
  if (!found) throw new HeedError("not_found", "There is no such import.");
  const own = new OwnConnection(db);
  let source: BatchSource | undefined;
  try {
    source = await openFor(db, work, found, found.checkpoint.row ?? 0);
    const { total } = source;
    let progress: Progress = { counts: noCounts, ...found.checkpoint };
    const run: Run = { ...runOf(found), ...work, total };
    let unseen = await lacksStatistics(db);
    if (unseen) await refreshStatistics(db);
    let applying: Promise<void> = Promise.resolve();
    for await (const batch of source.batches) {
      await applying;
      stopIfAsked(work.signal);
      applying = applyBatch(own, run, batch, progress).then(async (after) => {
        progress = after;
        if (unseen) await refreshStatistics(db);
        unseen = false;
        work.onProgress?.({ done: batch.lastRow, total, counts: progress.counts });
      });
      applying.catch(() => {}); // awaited above or below
    }
    await applying;
    await refreshStatistics(db);
    return await finish(db, work, progress);
  } finally {
    await own.close();
    await source?.close();
  }
}

function runOf(found: Import): Pick<Run, "mode" | "listId"> {
  return { mode: found.mode, listId: found.list_id };
}

// A thread takes a second to begin; what is read sooner than that is read here.
const bytesWorthAThread = 4 << 20;

/** Opens the file of an import for reading in batches, from the row after `after` on. */
export async function openFor(
  db: Database,
  work: ImportWork,
  found: Import,
  after: number,
): Promise<BatchSource> {
  const namesOwners = found.mapping.some(({ field }) => field === "owner_email");
  const owners = namesOwners
    ? await db.inWorkspace(work.workspaceId, usersByEmail)
    : new Map<string, string>();
  const policy = await db.inWorkspace(work.workspaceId, workspacePolicy);
  const reading: Reading = {
    path: work.path,
    encoding: found.encoding,
    delimiter: found.delimiter,
    mapping: found.mapping,
    defaultCountry: found.default_country ?? policy.default_country ?? undefined,
    owners,
    ownerId: work.ownerId,
    size: work.batchSize ?? rowsPerBatch,
    after,
  };
  return found.bytes < bytesWorthAThread
    ? openBatches(reading, db.secrets, work.signal)
    : readInThread(reading, db.secrets);
}

export function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new HeedError("job_cancelled", "The import was cancelled.");
}

/** Sets those apart that a stop covers, whoever made it and when, and closes the import. */
function finish(db: Database, work: ImportWork, progress: Progress): Promise<Counts> {
  return db.inWorkspace(work.workspaceId, async (tx) => {
    const found = await lockImport(tx, work.importId);
    if (found?.state === "finished") return { ...noCounts, ...found.counts };
    const result = withStopped(progress.counts, await countStopped(tx, work.importId, progress));
    await updateImport(tx, work.importId, {
      state: "finished",
      counts: result,
      finished_at: new Date(),
    });
    await record(tx, {
      act: "import.finished",
      actor: work.actor,
      subjectId: work.importId,
      detail: { ...result },
    });
    return result;
  });
}
