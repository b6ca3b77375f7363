import type { JobHandler } from "../../kernel/jobs/index.ts";
import { runPurge } from "./purge-bin.ts";
import type { RemovalParts } from "./restore-batch.ts";
import { runRestoration } from "./restore-deletion.ts";
import { runDeletion } from "./run-deletion.ts";

/** The jobs of removing. `dataDir` is where uploads lie, which an erasure searches. */
export function removalJobs(parts: RemovalParts, dataDir: string): Record<string, JobHandler> {
  const deletion: JobHandler = ({ db, workspaceId, job }) =>
    runDeletion(db, {
      workspaceId,
      deletionId: String(job.payload.deletion_id),
      jobId: job.id,
      dataDir,
    });
  return {
    "removal.delete": deletion,
    "removal.erase": deletion,
    "removal.clear": deletion,
    "removal.restore": ({ db, workspaceId, job }) =>
      runRestoration(db, parts, { workspaceId, job }),
    "removal.purge": ({ db, workspaceId, job }) => runPurge(db, { workspaceId, job }),
  };
}
