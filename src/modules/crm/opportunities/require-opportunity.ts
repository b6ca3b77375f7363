import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Opportunity, selectOpportunity } from "./queries.ts";

/** The opportunity, or `not_found`: also when the viewer sees none of its contacts. */
export async function requireOpportunity(
  tx: Tx,
  viewer: Viewer,
  opportunityId: string,
): Promise<Opportunity> {
  const opportunity = await selectOpportunity(tx, viewer, opportunityId);
  if (!opportunity) throw new HeedError("not_found", "There is no such opportunity.");
  return opportunity;
}
