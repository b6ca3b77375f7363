import { HeedError } from "../../../kernel/errors.ts";
import type { Stage, StageKind } from "./queries.ts";

/** A stage as a person gives it: without an id it is new. */
export interface GivenStage {
  id?: string | undefined;
  name: string;
  kind: StageKind;
}

/** What a pipeline begins with unless its maker says otherwise. */
export const usualStages: readonly GivenStage[] = [
  { name: "New", kind: "open" },
  { name: "Qualified", kind: "open" },
  { name: "Proposal", kind: "open" },
  { name: "Won", kind: "won" },
  { name: "Lost", kind: "lost" },
];

/**
 * Stages in the order given. Refuses ids that are not the pipeline's, one named
 * twice, two with one name, and a pipeline without an open stage.
 */
export function checkStages(given: readonly GivenStage[], present: readonly Stage[]): void {
  const ids = given.flatMap((stage) => (stage.id ? [stage.id] : []));
  if (new Set(ids).size < ids.length) refuse("names a stage twice");
  if (ids.some((id) => !present.some((stage) => stage.id === id))) {
    refuse("names a stage that this pipeline does not have; leave its id out to add it");
  }
  const names = new Set(given.map((stage) => stage.name.toLowerCase()));
  if (names.size < given.length) refuse("gives two stages one name");
  if (!given.some((stage) => stage.kind === "open")) {
    refuse("has no open stage; new opportunities begin in one");
  }
}

function refuse(problem: string): never {
  throw new HeedError("validation_failed", `Correct these fields: stages: ${problem}`, {
    fields: [{ field: "stages", problem }],
  });
}
