import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Database } from "../../kernel/database/index.ts";
import { isHeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, record } from "../ledger/index.ts";
import { closeUnfinished, explainCancel } from "./close-import.ts";
import type { ColumnMapping } from "./csv/mapping.ts";
import { type DryRun, dryRun } from "./dry-run.ts";
import { insertImport, updateImport } from "./queries.ts";
import { planOf, proposal } from "./rows/plan.ts";
import type { Counts, Mode } from "./rules.ts";
import { runImport } from "./run-import.ts";
import { openFile } from "./scan-file.ts";

export interface ImportFileRequest {
  workspaceId: string;
  actor: Actor;
  /** Of a file on this machine, read where it lies. */
  path: string;
  /** Proposed from the header unless given. */
  mapping?: readonly ColumnMapping[];
  mode?: Mode;
  listId?: string | null;
  /** For numbers without a country code: BE. */
  defaultCountry?: string | null;
  dryRun?: boolean;
  /** Who is shown to have imported it. */
  userId?: string | null;
  batchSize?: number;
  onProgress?: (progress: { done: number; total: number; counts: Partial<Counts> }) => void;
  signal?: AbortSignal;
}

export interface ImportFileResult {
  importId: string;
  mapping: ColumnMapping[];
  counts: Counts;
  /** For a dry run, what it found beside the counts. */
  dryRun: DryRun | null;
}

/** What a file is: its header, first rows, how it is written, and what its columns seem to mean. */
export async function inspectFile(path: string) {
  const file = await openFile(path);
  try {
    const first = await file.batches.next();
    const rows = first.done ? [] : first.value.records.slice(0, 100).map((row) => row.values);
    return {
      header: [...file.header],
      sample: rows.slice(0, 20),
      proposed: proposal(file.header, rows),
      encoding: file.encoding,
      delimiter: file.delimiter,
    };
  } finally {
    await file.close();
  }
}

/** Imports a file in this process, without a job: `heed import FILE`. Throws what `runImport` throws. */
export async function importFile(
  db: Database,
  request: ImportFileRequest,
): Promise<ImportFileResult> {
  const path = resolve(request.path);
  const seen = await inspectFile(path);
  const mapping = request.mapping
    ? [...request.mapping]
    : seen.proposed.map(({ column, field }) => ({ column, field }));
  planOf(seen.header, mapping);
  const importId = newId();
  const { size } = await stat(path);
  const { workspaceId, actor } = request;
  await db.inWorkspace(workspaceId, async (tx) => {
    await insertImport(tx, {
      id: importId,
      file_name: basename(path),
      stored_as: null,
      bytes: size,
      encoding: seen.encoding,
      delimiter: seen.delimiter,
      header: seen.header,
      mapping,
      created_by: request.userId ?? null,
    });
    await updateImport(tx, importId, {
      state: request.dryRun ? "checking" : "running",
      mode: request.mode ?? "update",
      list_id: request.listId ?? null,
      default_country: request.defaultCountry ?? null,
    });
    if (!request.dryRun)
      await record(tx, {
        act: "import.started",
        actor,
        subjectId: importId,
        detail: { bytes: size },
      });
  });
  const work = {
    workspaceId,
    importId,
    path,
    actor,
    jobId: null,
    ownerId: null,
    ...(request.batchSize ? { batchSize: request.batchSize } : {}),
    ...(request.onProgress ? { onProgress: request.onProgress } : {}),
    ...(request.signal ? { signal: request.signal } : {}),
  };
  try {
    if (request.dryRun) {
      const result = await dryRun(db, work);
      return { importId, mapping, counts: result.counts, dryRun: result };
    }
    return { importId, mapping, counts: await runImport(db, work), dryRun: null };
  } catch (error) {
    await closeUnfinished(db, { workspaceId, importId, actor, error });
    if (isHeedError(error) && error.code === "job_cancelled")
      throw await explainCancel(db, workspaceId, importId);
    throw error;
  }
}
