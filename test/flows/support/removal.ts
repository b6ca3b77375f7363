import { eventually, type TestHeed } from "../../support/heed.ts";
import type { Body } from "./outreach.ts";

/** A job's end, whatever it is. */
export function jobEnd(heed: TestHeed, jobId: string): Promise<Body> {
  return eventually(async () => {
    const job = await heed.ok("GET", `/jobs/${jobId}`);
    return ["finished", "cancelled", "failed"].includes(job.state) ? job : null;
  }, 50);
}

export function preview(heed: TestHeed, selection: object, more: object = {}): Promise<Body> {
  return heed.ok("POST", "/deletions/preview", { selection, ...more });
}

/** Previews, confirms and waits for the end. Answers the deletion. */
export async function removed(
  heed: TestHeed,
  selection: object,
  more: { mode?: "bin" | "erase"; also?: "list"; suppress?: boolean } = {},
): Promise<Body> {
  const { suppress = false, ...asked } = more;
  const { token, confirm } = await preview(heed, selection, asked);
  const { deletion_id, job_id } = await heed.ok("POST", "/deletions", { token, confirm, suppress });
  const job = await jobEnd(heed, job_id);
  if (job.state !== "finished") throw new Error(`the deletion ended ${JSON.stringify(job)}`);
  return heed.ok("GET", `/deletions/${deletion_id}`);
}

/** Brings a whole deletion back and waits for the end. Answers the job. */
export async function restored(
  heed: TestHeed,
  deletionId: string,
  body: object = {},
): Promise<Body> {
  const { job_id } = await heed.ok("POST", `/deletions/${deletionId}/restoration`, body);
  return jobEnd(heed, job_id);
}
