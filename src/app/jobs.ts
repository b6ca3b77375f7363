import type { JobHandler } from "../kernel/jobs/index.ts";
import { campaignJobs } from "../modules/campaigns/index.ts";
import { importJobs } from "../modules/imports/index.ts";
import { listJobs } from "../modules/lists/index.ts";
import { removalJobs } from "../modules/removal/index.ts";
import type { Heed } from "./open.ts";
import { listParts, removalParts } from "./parts.ts";

/** Every kind of background work, by name. */
export function allJobs(heed: Heed): Readonly<Record<string, JobHandler>> {
  return {
    ...listJobs(listParts),
    ...campaignJobs,
    ...importJobs(heed.config.dataDir),
    ...removalJobs(removalParts, heed.config.dataDir),
  };
}
