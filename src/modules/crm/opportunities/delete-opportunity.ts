import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { removeOpportunity } from "./queries.ts";
import { requireOpportunity } from "./require-opportunity.ts";

/** Deletes an opportunity for good; its contacts stay. Throws `not_found`. */
export async function deleteOpportunity(
  tx: Tx,
  act: { opportunityId: string; viewer: Viewer; actor: Actor },
): Promise<void> {
  const opportunity = await requireOpportunity(tx, act.viewer, act.opportunityId);
  await removeOpportunity(tx, opportunity.id);
  await record(tx, { act: "opportunity.deleted", actor: act.actor, subjectId: opportunity.id });
}
