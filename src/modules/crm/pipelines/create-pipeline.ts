import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { insertPipeline, saveStages } from "./queries.ts";
import { checkStages, type GivenStage, usualStages } from "./rules.ts";

/** Makes a pipeline, with the usual stages unless given; returns its id. Throws `name_taken`. */
export async function createPipeline(
  tx: Tx,
  act: { name: string; stages?: readonly GivenStage[]; actor: Actor },
): Promise<string> {
  const stages = act.stages ?? usualStages;
  checkStages(stages, []);
  const id = newId();
  if (!(await insertPipeline(tx, { id, name: act.name }))) throw nameTaken();
  await saveStages(
    tx,
    stages.map(({ name, kind }, position) => ({
      id: newId(),
      pipeline_id: id,
      name,
      kind,
      position,
    })),
  );
  await record(tx, { act: "pipeline.created", actor: act.actor, subjectId: id });
  return id;
}

export function nameTaken(): HeedError {
  return new HeedError("name_taken", "Another pipeline has this name. Choose another.");
}
