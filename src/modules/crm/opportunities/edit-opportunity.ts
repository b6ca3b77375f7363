import type { Tx } from "../../../kernel/database/index.ts";
import { requireVisible, type Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { requireColleague } from "../colleague.ts";
import {
  insertContacts,
  type OpportunityFields,
  removeContacts,
  updateOpportunity,
} from "./queries.ts";
import { requireOpportunity } from "./require-opportunity.ts";

export type OpportunityChanges = Partial<
  Pick<OpportunityFields, "title" | "amount" | "currency" | "owner_id" | "expected_close">
>;

/** Changes what is named. `contactIds` replaces the contacts that the viewer sees; the others stay. */
export async function editOpportunity(
  tx: Tx,
  act: {
    opportunityId: string;
    changes: OpportunityChanges;
    contactIds?: readonly string[];
    viewer: Viewer;
    actor: Actor;
  },
): Promise<void> {
  const before = await requireOpportunity(tx, act.viewer, act.opportunityId);
  await requireColleague(tx, "owner_id", act.changes.owner_id);
  await updateOpportunity(tx, before.id, { ...before, ...act.changes });
  if (act.contactIds) {
    for (const contactId of act.contactIds) await requireVisible(tx, act.viewer, contactId);
    await removeContacts(tx, act.viewer, before.id);
    await insertContacts(tx, before.id, act.contactIds);
  }
  await record(tx, {
    act: "opportunity.edited",
    actor: act.actor,
    subjectId: before.id,
    detail: { fields: [...Object.keys(act.changes), ...(act.contactIds ? ["contacts"] : [])] },
  });
}
