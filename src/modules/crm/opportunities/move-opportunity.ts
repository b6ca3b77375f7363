import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { endOfStage, neighbours, spreadOut, updateOpportunity } from "./queries.ts";
import { requireOpportunity } from "./require-opportunity.ts";
import { closedIn, requireStage } from "./require-stage.ts";
import { placeBetween } from "./rules.ts";

/**
 * Puts an opportunity into a stage, at the place `index` (0 is the top) among
 * those that the viewer sees there; past the end is the end. Only a change of
 * stage is an act of the ledger.
 */
export async function moveOpportunity(
  tx: Tx,
  act: { opportunityId: string; stageId: string; index: number; viewer: Viewer; actor: Actor },
): Promise<void> {
  const stage = await requireStage(tx, act.stageId);
  const before = await requireOpportunity(tx, act.viewer, act.opportunityId);
  const place = await placeIn(tx, act.viewer, {
    stageId: stage.id,
    index: act.index,
    besides: before.id,
  });
  const moved = stage.id !== before.stage_id;
  await updateOpportunity(tx, before.id, {
    ...before,
    stage_id: stage.id,
    position: place,
    closed_at: closedIn(stage, before.stage_kind === "open" ? null : before.closed_at),
  });
  if (!moved) return;
  await record(tx, {
    act: "opportunity.moved",
    actor: act.actor,
    subjectId: before.id,
    detail: { from_stage_id: before.stage_id, stage_id: stage.id, kind: stage.kind },
  });
}

async function placeIn(
  tx: Tx,
  viewer: Viewer,
  place: { stageId: string; index: number; besides: string },
): Promise<number> {
  const near = await neighbours(tx, viewer, place);
  if (near.before === null && near.after === null) return endOfStage(tx, place.stageId);
  const found = placeBetween(near.before, near.after);
  if (found !== null) return found;
  await spreadOut(tx, place.stageId);
  const spread = await neighbours(tx, viewer, place);
  return placeBetween(spread.before, spread.after) ?? endOfStage(tx, place.stageId);
}
