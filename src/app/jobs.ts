import type { Tx } from "../kernel/database/index.ts";
import type { JobKinds, JobParts } from "../kernel/jobs/index.ts";
import { findUsers } from "../modules/access/index.ts";
import { campaignJobs } from "../modules/campaigns/index.ts";
import { consentJobs } from "../modules/consent/index.ts";
import { contactJobs } from "../modules/contacts/index.ts";
import { importJobs } from "../modules/imports/index.ts";
import { listJobs } from "../modules/lists/index.ts";
import { removalJobs } from "../modules/removal/index.ts";
import type { Heed } from "./open.ts";
import { listParts, removalParts } from "./parts.ts";

/** Every kind of background work, by name. */
export function allJobs(heed: Heed): JobKinds {
  return {
    ...contactJobs,
    ...consentJobs,
    ...listJobs(listParts),
    ...campaignJobs,
    ...importJobs(heed.config.dataDir),
    ...removalJobs(removalParts, heed.config.dataDir),
  };
}

/** What the routes of jobs show: the kinds of work, and who asked. */
export function jobParts(heed: Heed): JobParts {
  return { kinds: allJobs(heed), namesOf };
}

async function namesOf(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>> {
  return new Map((await findUsers(tx, userIds)).map((user) => [user.id, user.name]));
}
