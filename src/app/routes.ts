import type { Route } from "../kernel/http/index.ts";
import { jobRoutes } from "../kernel/jobs/index.ts";
import { accessRoutes } from "../modules/access/index.ts";
import { campaignRoutes } from "../modules/campaigns/index.ts";
import {
  bulkStopRoutes,
  consentRoutes,
  preferenceRoutes,
  publicStopRoutes,
  stopRoutes,
  suppressionRoutes,
  topicRoutes,
} from "../modules/consent/index.ts";
import { bulkContactRoutes, contactRoutes, mergeRoutes } from "../modules/contacts/index.ts";
import { crmRoutes } from "../modules/crm/index.ts";
import { formRoutes } from "../modules/forms/index.ts";
import { importRoutes } from "../modules/imports/index.ts";
import { hookRoutes, inboundRoutes } from "../modules/inbound/index.ts";
import { ledgerRoutes } from "../modules/ledger/index.ts";
import { listRoutes } from "../modules/lists/index.ts";
import { removalRoutes } from "../modules/removal/index.ts";
import { sendingRoutes, topicOfMessage } from "../modules/sending/index.ts";
import { verificationRoutes } from "../modules/verification/index.ts";
import { healthRoutes } from "./health.ts";
import { hookReaders } from "./hooks.ts";
import { jobParts } from "./jobs.ts";
import type { Heed } from "./open.ts";
import { contactParts, crmParts, listParts, removalParts } from "./parts.ts";
import { checkAccount } from "./providers.ts";

/** Every route of the program, in the order of the ladder. */
export function allRoutes(heed: Heed): Route[] {
  return [
    ...healthRoutes,
    ...jobRoutes(jobParts(heed)),
    ...ledgerRoutes,
    ...accessRoutes,
    ...contactRoutes(contactParts),
    ...bulkContactRoutes,
    ...mergeRoutes(contactParts),
    ...stopRoutes,
    ...bulkStopRoutes,
    ...suppressionRoutes,
    ...topicRoutes,
    ...consentRoutes,
    ...preferenceRoutes,
    ...publicStopRoutes({ topicOfMessage }),
    ...verificationRoutes(heed.resolver),
    ...listRoutes(listParts),
    ...crmRoutes(crmParts),
    ...sendingRoutes({ checkAccount }),
    ...formRoutes({ publicUrl: heed.config.publicUrl }),
    ...campaignRoutes,
    ...inboundRoutes(heed.reader),
    ...hookRoutes({ readers: hookReaders, publicUrl: () => heed.config.publicUrl }),
    ...importRoutes(heed.config.dataDir),
    ...removalRoutes(removalParts),
  ];
}
