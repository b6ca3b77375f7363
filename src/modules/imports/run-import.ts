import type { Database } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { workspacePolicy } from "../access/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { applyBatch, type Progress, type Run } from "./apply-batch.ts";
import {
  countStopped,
  lacksStatistics,
  refreshStatistics,
  settleSearch,
  usersByEmail,
} from "./batch-queries.ts";
import type { CsvFile } from "./csv/read-csv.ts";
import { OwnConnection } from "./own-connection.ts";
import { findImport, type Import, lockImport, updateImport } from "./queries.ts";
import { planOf } from "./rows/plan.ts";
import { readBatches } from "./rows/read-batches.ts";
import { RowReader } from "./rows/read-row.ts";
import { type Counts, noCounts, withStopped } from "./rules.ts";
import { openFile, scanFile } from "./scan-file.ts";
import { SearchSettler } from "./search-settler.ts";

/** Rows in one transaction: enough that its fixed cost is small, few enough that a cancel is soon. */
export const rowsPerBatch = 20_000;

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
  const total = await scanFile(work.path, found, work.signal);
  const file = await openFile(work.path, found);
  const own = new OwnConnection(db);
  const settler = new SearchSettler(db, work.workspaceId);
  try {
    let progress: Progress = { counts: noCounts, ...found.checkpoint };
    const run: Run = { ...runOf(found), ...work, total };
    const reader = await readerOf(db, work, found, file, total);
    let unseen = await lacksStatistics(db);
    if (unseen) await refreshStatistics(db);
    let applying: Promise<void> = Promise.resolve();
    const options = { size: work.batchSize ?? rowsPerBatch, after: found.checkpoint.row ?? 0 };
    for await (const batch of readBatches(file, reader, options)) {
      await applying;
      stopIfAsked(work.signal);
      applying = applyBatch(own, run, batch, progress).then(async (after) => {
        progress = after;
        if (unseen) await refreshStatistics(db);
        unseen = false;
        settler.add(batch.rows);
        work.onProgress?.({ done: batch.lastRow, total, counts: progress.counts });
      });
      applying.catch(() => {}); // awaited above or below
    }
    await applying;
    await settler.end();
    await refreshStatistics(db);
    return await finish(db, work, progress);
  } finally {
    await settler.end();
    await own.close();
    await file.close();
  }
}

function runOf(found: Import): Pick<Run, "mode" | "listId"> {
  return { mode: found.mode, listId: found.list_id };
}

export async function readerOf(
  db: Database,
  work: Pick<ImportWork, "workspaceId" | "ownerId">,
  found: Import,
  file: CsvFile,
  expectedRows: number,
): Promise<RowReader> {
  const plan = planOf(file.header, found.mapping);
  const owners =
    plan.at.owner_email < 0
      ? new Map<string, string>()
      : await db.inWorkspace(work.workspaceId, usersByEmail);
  const country =
    found.default_country ??
    (await db.inWorkspace(work.workspaceId, workspacePolicy)).default_country;
  return new RowReader({
    plan,
    secrets: db.secrets,
    defaultCountry: country ?? undefined,
    owners,
    ownerId: work.ownerId,
    expectedRows,
  });
}

export function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new HeedError("job_cancelled", "The import was cancelled.");
}

/** Sets those apart that a stop covers, whoever made it and when, and closes the import. */
function finish(db: Database, work: ImportWork, progress: Progress): Promise<Counts> {
  return db.inWorkspace(work.workspaceId, async (tx) => {
    const found = await lockImport(tx, work.importId);
    if (found?.state === "finished") return { ...noCounts, ...found.counts };
    await settleSearch(tx);
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
