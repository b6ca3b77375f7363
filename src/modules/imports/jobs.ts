import { isHeedError } from "../../kernel/errors.ts";
import type { Job, JobContext, JobKinds } from "../../kernel/jobs/index.ts";
import { closeUnfinished, requireStored } from "./close-import.ts";
import { dryRun } from "./dry-run.ts";
import { findImport, updateImport } from "./queries.ts";
import { type ImportWork, runImport } from "./run-import.ts";
import type { Payload } from "./start-work.ts";
import { removeUpload, uploadPath } from "./store-upload.ts";
import { undoImport } from "./undo-import.ts";

/** The jobs of imports, whose files lie in `<dataDir>/uploads`. */
export function importJobs(dataDir: string): JobKinds {
  return {
    "import.dry_run": {
      title: () => "Check a file before its import",
      run: (context) =>
        closing(context, async () => {
          await dryRun(context.db, await workOf(dataDir, context));
        }),
    },
    "import.run": {
      title: () => "Import contacts from a file",
      run: (context) =>
        closing(context, async () => {
          const importId = payloadOf(context.job).import_id;
          const found = await context.db.inWorkspace(context.workspaceId, (tx) =>
            findImport(tx, importId),
          );
          if (found?.state === "finished") return; // a crash came after its last step
          const work = await workOf(dataDir, context);
          await runImport(context.db, work);
          // Addresses must not linger in a file that nothing needs any more.
          await context.db.inWorkspace(work.workspaceId, (tx) =>
            updateImport(tx, work.importId, { stored_as: null }),
          );
          await removeUpload(dataDir, work.importId);
        }),
    },
    "import.undo": {
      title: () => "Undo an import",
      run: (context) =>
        closing(context, async () => {
          const { import_id: importId, actor } = payloadOf(context.job);
          await undoImport(context.db, {
            workspaceId: context.workspaceId,
            importId,
            actor,
            jobId: context.job.id,
          });
        }),
    },
  };
}

function payloadOf(job: Job): Payload {
  return job.payload as unknown as Payload;
}

async function workOf(dataDir: string, { db, workspaceId, job }: JobContext): Promise<ImportWork> {
  const { import_id: importId, actor, owner_id: ownerId } = payloadOf(job);
  const found = await db.inWorkspace(workspaceId, (tx) => findImport(tx, importId));
  return {
    workspaceId,
    importId,
    path: uploadPath(dataDir, requireStored(found)),
    actor,
    jobId: job.id,
    ownerId,
  };
}

/** An error that ends the job ends the import's state with it; a fault of the moment leaves it to be tried again. */
async function closing(
  { db, workspaceId, job }: JobContext,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    const { import_id: importId, actor } = payloadOf(job);
    if (isHeedError(error)) await closeUnfinished(db, { workspaceId, importId, actor, error });
    throw error;
  }
}
