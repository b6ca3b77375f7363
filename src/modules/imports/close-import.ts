import type { Database } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { type Actor, record } from "../ledger/index.ts";
import { countStopped } from "./batch-queries.ts";
import { type Import, lockImport, updateImport } from "./queries.ts";
import { noCounts, withStopped } from "./rules.ts";

/** After a cancel or an error: what was applied stays and is counted, can be gone on with, and can be undone. */
export async function closeUnfinished(
  db: Database,
  act: { workspaceId: string; importId: string; actor: Actor; error: unknown },
): Promise<void> {
  const { importId, actor } = act;
  const cancelled = act.error instanceof HeedError && act.error.code === "job_cancelled";
  await db.inWorkspace(act.workspaceId, async (tx) => {
    const found = await lockImport(tx, importId);
    if (found?.state === "checking" || (found?.state === "running" && !found.checkpoint.row)) {
      await updateImport(tx, importId, { state: "uploaded" });
    } else if (found?.state === "running") {
      const stopped = await countStopped(tx, importId, found.checkpoint);
      const counts = withStopped(found.checkpoint.counts ?? noCounts, stopped);
      const state = cancelled ? "cancelled" : "failed";
      await updateImport(tx, importId, { state, counts, finished_at: new Date() });
      await record(tx, {
        act: `import.${state}`,
        actor,
        subjectId: importId,
        detail: { ...counts },
      });
    } else if (found?.state === "undoing") {
      await updateImport(tx, importId, { state: "cancelled" });
    }
  });
}

/** Tells somebody at a terminal what a cancelled import did and what they can do now. */
export async function explainCancel(
  db: Database,
  workspaceId: string,
  importId: string,
): Promise<HeedError> {
  const found = await db.inWorkspace(workspaceId, (tx) => lockImport(tx, importId));
  const rows = found?.checkpoint.row ?? 0;
  return new HeedError(
    "job_cancelled",
    rows === 0
      ? "The import was cancelled before anything was applied."
      : `The import was cancelled after ${rows.toLocaleString("en")} rows, which stay. Import the file again to add the rest, or undo import ${importId} on its page; stops that it made stay either way.`,
    { import_id: importId, rows_applied: rows, counts: found?.counts ?? {} },
  );
}

/** The name of the import's file in the data folder. */
export function requireStored(found: Import | undefined): string {
  if (found?.stored_as) return found.stored_as;
  throw new HeedError("import_file_gone", "The file of this import is not kept. Upload it again.");
}
