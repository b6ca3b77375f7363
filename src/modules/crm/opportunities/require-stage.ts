import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { lockStage, type Stage } from "../pipelines/queries.ts";

/** The stage, held for a change of what stands in it, or `not_found`. */
export async function requireStage(tx: Tx, stageId: string): Promise<Stage> {
  const stage = await lockStage(tx, stageId);
  if (!stage) throw new HeedError("not_found", "There is no such stage. Read the pipeline again.");
  return stage;
}

/** When an opportunity that comes into this stage counts as closed. */
export function closedIn(stage: Stage, before: Date | null): Date | null {
  return stage.kind === "open" ? null : (before ?? new Date());
}
