import type { Database } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { findImport, type Import, updateImport } from "./queries.ts";

/** After a cancel or an error: what was applied stays, can be gone on with, and can be undone. */
export async function closeUnfinished(db: Database, workspaceId: string, importId: string, error: unknown): Promise<void> {
  const cancelled = error instanceof HeedError && error.code === "job_cancelled";
  await db.inWorkspace(workspaceId, async (tx) => {
    const found = await findImport(tx, importId);
    if (found?.state === "running") {
      const nothingYet = (found.checkpoint.row ?? 0) === 0;
      const state = nothingYet ? "uploaded" : cancelled ? "cancelled" : "failed";
      await updateImport(tx, importId, { state, ...(nothingYet ? {} : { finished_at: new Date() }) });
    } else if (found?.state === "checking") {
      await updateImport(tx, importId, { state: "uploaded" });
    }
  });
}

/** The name of the import's file in the data folder. */
export function requireStored(found: Import | undefined): string {
  if (found?.stored_as) return found.stored_as;
  throw new HeedError("import_file_gone", "The file of this import is not kept. Upload it again.");
}
