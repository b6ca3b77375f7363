import type { Route } from "../../kernel/http/index.ts";
import { binRoutes } from "./bin-routes.ts";
import { contactRemovalRoutes } from "./contact-routes.ts";
import { deletionRoutes } from "./deletion-routes.ts";
import { erasureRoutes } from "./erasure-routes.ts";
import type { RemovalParts } from "./restore-batch.ts";

export { type BinnedContact, countBin, pageOfBin } from "./bin-queries.ts";
export { approveDeletion, type Confirmed, confirmDeletion } from "./confirm-deletion.ts";
export { removalJobs } from "./jobs.ts";
export { type BinKeeper, keepBins, startBinKeeper } from "./keep-bin.ts";
export { operatorViewer, type Performer } from "./performer.ts";
export { holdings, notOfContacts } from "./personal-data.ts";
export { type Preview, previewDeletion } from "./preview-deletion.ts";
export { purgeEarly, runPurge, startDuePurge } from "./purge-bin.ts";
export type { OnConflict, Outcome, RemovalParts } from "./restore-batch.ts";
export { runRestoration, startRestoration } from "./restore-deletion.ts";
export { restoreOne } from "./restore-one.ts";
export { runDeletion } from "./run-deletion.ts";
export { viewDeletion } from "./view-deletions.ts";

export function removalRoutes(parts: RemovalParts): Route[] {
  return [...deletionRoutes, ...binRoutes(parts), ...erasureRoutes, ...contactRemovalRoutes];
}
