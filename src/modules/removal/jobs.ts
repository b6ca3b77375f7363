import type { Job, JobKinds, JobUndo } from "../../kernel/jobs/index.ts";
import { actorOf, operator } from "../ledger/index.ts";
import { performerOf } from "./performer.ts";
import { runPurge } from "./purge-bin.ts";
import type { RemovalParts } from "./restore-batch.ts";
import { runRestoration, startRestoration } from "./restore-deletion.ts";
import { runDeletion } from "./run-deletion.ts";

/** Taking a deletion or a clearing back is its restoration. */
const undo: JobUndo = {
  permission: "contacts.restore",
  start: (tx, job, caller) =>
    startRestoration(tx, {
      deletionId: deletionOf(job),
      contactIds: null,
      onConflict: "refuse",
      by: caller ? performerOf(caller) : { userId: null, apiKeyId: null },
      actor: caller ? actorOf(caller) : operator,
      now: new Date(),
      undoes: job.id,
    }),
};

/** The jobs of removing. `dataDir` is where uploads lie, which an erasure searches. */
export function removalJobs(parts: RemovalParts, dataDir: string): JobKinds {
  const deletion: JobKinds[string]["run"] = ({ db, workspaceId, job }) =>
    runDeletion(db, { workspaceId, deletionId: deletionOf(job), jobId: job.id, dataDir });
  return {
    "removal.delete": { title: () => "Delete contacts", run: deletion, undo },
    "removal.erase": { title: () => "Erase contacts for good", run: deletion },
    "removal.clear": { title: () => "Clear a list", run: deletion, undo },
    "removal.restore": {
      title: (job) => (job.undoes ? "Take a deletion back" : "Restore contacts"),
      run: ({ db, workspaceId, job }) => runRestoration(db, parts, { workspaceId, job }),
    },
    "removal.purge": {
      title: () => "Purge the bin",
      run: ({ db, workspaceId, job }) => runPurge(db, { workspaceId, job }),
    },
  };
}

function deletionOf(job: Job): string {
  return String(job.payload.deletion_id);
}
