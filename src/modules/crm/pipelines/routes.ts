import { z } from "zod";
import { id, idParams, page, type Route, route } from "../../../kernel/http/index.ts";
import { line } from "../../contacts/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { createPipeline } from "./create-pipeline.ts";
import { editPipeline } from "./edit-pipeline.ts";
import { pipelineSchema, presentPipeline, presentPipelines, stageKindSchema } from "./present.ts";

const tag = "Opportunities";
const name = line(100).min(1, "must not be empty");
const stages = z
  .array(z.object({ id: id.optional(), name, kind: stageKindSchema.default("open") }))
  .min(1)
  .max(30);

export const pipelineRoutes: Route[] = [
  route({
    method: "GET",
    path: "/pipelines",
    permission: "contacts.view",
    summary: "Pipelines with their stages, and what stands in each",
    tag,
    response: page(pipelineSchema),
    handler: async ({ tx, caller }) => ({
      items: await presentPipelines(tx, caller),
      next_cursor: null,
    }),
  }),
  route({
    method: "POST",
    path: "/pipelines",
    permission: "pipelines.edit",
    summary: "Make a pipeline; without stages it has the usual five",
    tag,
    body: z.object({ name, stages: stages.optional() }),
    response: pipelineSchema,
    status: 201,
    async handler({ tx, caller, body }) {
      const pipelineId = await createPipeline(tx, { ...body, actor: actorOf(caller) });
      return presentPipeline(tx, caller, pipelineId);
    },
  }),
  route({
    method: "GET",
    path: "/pipelines/:id",
    permission: "contacts.view",
    summary: "One pipeline",
    tag,
    params: idParams,
    response: pipelineSchema,
    handler: ({ tx, caller, params }) => presentPipeline(tx, caller, params.id),
  }),
  route({
    method: "PATCH",
    path: "/pipelines/:id",
    permission: "pipelines.edit",
    summary: "Rename a pipeline; stages gives all of its stages in their new order",
    description:
      "A stage without an id is added, one that is left out is deleted. One that still has opportunities is refused with stage_in_use.",
    tag,
    params: idParams,
    body: z.object({ name, stages }).partial(),
    response: pipelineSchema,
    async handler({ tx, caller, params, body }) {
      await editPipeline(tx, { pipelineId: params.id, ...body, actor: actorOf(caller) });
      return presentPipeline(tx, caller, params.id);
    },
  }),
];
