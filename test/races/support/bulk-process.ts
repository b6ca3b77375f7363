import { findJob } from "../../../src/kernel/jobs/index.ts";
import { bulkStop } from "../../../src/modules/consent/index.ts";
import { contactsJobs } from "../../../src/modules/contacts/index.ts";
import { closeDatabase, type Installation, openDatabase } from "./open-database.ts";

/** Small batches, so that a kill falls into many different moments. */
export const bulkKinds = contactsJobs({ ...bulkStop("deactivation"), batchSize: 25 });

/** Works on one job until it is done or killed: says `ready`, then works. */
async function main(): Promise<void> {
  const { installation, workspaceId, jobId } = JSON.parse(process.argv[2] ?? "{}") as {
    installation: Installation;
    workspaceId: string;
    jobId: string;
  };
  const db = openDatabase(installation);
  const job = await db.inWorkspace(workspaceId, (tx) => findJob(tx, jobId));
  process.on("disconnect", () => process.exit(1));
  process.send?.("ready");
  await bulkKinds[job.kind]?.run({ db, workspaceId, job });
  await closeDatabase(db);
  process.exit(0);
}

if (process.argv[1]?.endsWith("bulk-process.ts")) void main();
