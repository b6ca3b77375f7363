import { z } from "zod";
import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { id, rfc3339, time } from "../../../kernel/http/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { selectPipelines, selectStages, sumStages } from "./queries.ts";

export const stageKindSchema = z.enum(["open", "won", "lost"]);

export const pipelineSchema = z.object({
  id,
  name: z.string(),
  stages: z.array(
    z.object({
      id,
      name: z.string(),
      kind: stageKindSchema,
      opportunities: z.number().int().describe("Those in it that you may see"),
      amounts: z.array(z.object({ currency: z.string(), amount: z.number() })),
    }),
  ),
  created_at: time,
});
type Presented = z.input<typeof pipelineSchema>;

/** Pipelines by name, each with its stages and what the viewer sees in them. */
export async function presentPipelines(
  tx: Tx,
  viewer: Viewer,
  pipelineId?: string,
): Promise<Presented[]> {
  const pipelines = await selectPipelines(tx, pipelineId);
  const ids = pipelines.map((pipeline) => pipeline.id);
  const stages = await selectStages(tx, ids);
  const sums = await sumStages(tx, viewer, ids);
  return pipelines.map((pipeline) => ({
    id: pipeline.id,
    name: pipeline.name,
    stages: stages
      .filter((stage) => stage.pipeline_id === pipeline.id)
      .map((stage) => {
        const own = sums.filter((sum) => sum.stage_id === stage.id);
        return {
          id: stage.id,
          name: stage.name,
          kind: stage.kind,
          opportunities: own.reduce((total, sum) => total + sum.opportunities, 0),
          amounts: own
            .map((sum) => ({ currency: sum.currency, amount: Number(sum.amount) }))
            .filter((sum) => sum.amount !== 0),
        };
      }),
    created_at: rfc3339(pipeline.created_at),
  }));
}

/** One pipeline, or `not_found`. */
export async function presentPipeline(
  tx: Tx,
  viewer: Viewer,
  pipelineId: string,
): Promise<Presented> {
  const [pipeline] = await presentPipelines(tx, viewer, pipelineId);
  if (!pipeline) throw new HeedError("not_found", "There is no such pipeline.");
  return pipeline;
}
