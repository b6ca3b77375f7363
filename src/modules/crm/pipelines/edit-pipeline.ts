import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { nameTaken } from "./create-pipeline.ts";
import {
  closeStages,
  countInStage,
  lockPipeline,
  lockStage,
  removeStages,
  type Stage,
  saveStages,
  selectStages,
  updatePipelineName,
} from "./queries.ts";
import { checkStages, type GivenStage } from "./rules.ts";

/**
 * Renames a pipeline, and makes its stages exactly those given, in that order.
 * A stage that is left out is deleted; one that still has opportunities, live or
 * in the bin, is refused (`stage_in_use`).
 */
export async function editPipeline(
  tx: Tx,
  act: { pipelineId: string; name?: string; stages?: readonly GivenStage[]; actor: Actor },
): Promise<void> {
  const pipeline = await lockPipeline(tx, act.pipelineId);
  if (!pipeline) throw new HeedError("not_found", "There is no such pipeline.");
  if (act.name !== undefined && act.name !== pipeline.name) {
    if (!(await updatePipelineName(tx, pipeline.id, act.name))) throw nameTaken();
  }
  if (act.stages) await replaceStages(tx, pipeline.id, act.stages);
  await record(tx, {
    act: "pipeline.edited",
    actor: act.actor,
    subjectId: pipeline.id,
    detail: { fields: [...(act.name ? ["name"] : []), ...(act.stages ? ["stages"] : [])] },
  });
}

async function replaceStages(
  tx: Tx,
  pipelineId: string,
  given: readonly GivenStage[],
): Promise<void> {
  const present = await selectStages(tx, [pipelineId]);
  checkStages(given, present);
  const gone = present.filter((stage) => !given.some(({ id }) => id === stage.id));
  for (const stage of gone) await refuseWhileUsed(tx, stage);
  await removeStages(
    tx,
    gone.map((stage) => stage.id),
  );
  await saveStages(
    tx,
    given.map(({ id, name, kind }, position) => ({
      id: id ?? newId(),
      pipeline_id: pipelineId,
      name,
      kind,
      position,
    })),
  );
  const turned = (closed: boolean) =>
    present
      .filter((stage) => {
        const now = given.find(({ id }) => id === stage.id)?.kind;
        return (
          now !== undefined && (stage.kind !== "open") !== closed && (now !== "open") === closed
        );
      })
      .map((stage) => stage.id);
  for (const closed of [true, false]) await closeStages(tx, turned(closed), closed);
}

/** The stage is held first: an opportunity that comes in beside it would lose its place. */
async function refuseWhileUsed(tx: Tx, { id, name }: Stage): Promise<void> {
  await lockStage(tx, id);
  const { live, in_bin } = await countInStage(tx, id);
  if (live + in_bin === 0) return;
  const what =
    live > 0
      ? `Move the opportunities of "${name}" (${live}) to another stage first.`
      : `"${name}" holds opportunities in the bin (${in_bin}), which come back to it when they are restored. Restore and move them, or wait until they are purged.`;
  throw new HeedError("stage_in_use", what, { stage_id: id, opportunities: live, in_bin });
}
