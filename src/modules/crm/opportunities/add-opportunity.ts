import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import { createdAt, requireVisible, type Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { requireColleague } from "../colleague.ts";
import { endOfStage, insertContacts, insertOpportunity } from "./queries.ts";
import { closedIn, requireStage } from "./require-stage.ts";

export interface NewOpportunity {
  title: string;
  amount: number | null;
  currency: string;
  stageId: string;
  ownerId: string | null;
  expectedClose: string | null;
  /** The first is primary. */
  contactIds: readonly string[];
}

/** Adds an opportunity at the end of its stage; returns its id. Throws `not_found` for a stage or a contact that is not the viewer's to see. */
export async function addOpportunity(
  tx: Tx,
  act: {
    opportunity: NewOpportunity;
    viewer: Viewer;
    actor: Actor;
  },
): Promise<string> {
  const { opportunity } = act;
  for (const contactId of opportunity.contactIds) await requireVisible(tx, act.viewer, contactId);
  await requireColleague(tx, "owner_id", opportunity.ownerId);
  const stage = await requireStage(tx, opportunity.stageId);
  const id = newId();
  await insertOpportunity(
    tx,
    id,
    {
      title: opportunity.title,
      amount: opportunity.amount,
      currency: opportunity.currency,
      stage_id: stage.id,
      position: await endOfStage(tx, stage.id),
      owner_id: opportunity.ownerId,
      expected_close: opportunity.expectedClose,
      closed_at: closedIn(stage, null),
    },
    createdAt(id),
  );
  await insertContacts(tx, id, opportunity.contactIds);
  await record(tx, {
    act: "opportunity.added",
    actor: act.actor,
    subjectId: id,
    detail: { stage_id: stage.id },
  });
  return id;
}
