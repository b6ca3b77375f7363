import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { seenBy } from "../shared-queries.ts";

export type StageKind = "open" | "won" | "lost";

export interface Stage {
  id: string;
  pipeline_id: string;
  name: string;
  kind: StageKind;
  position: number;
}

export interface Pipeline {
  id: string;
  name: string;
  created_at: Date;
}

/** False when the name is taken. */
export async function insertPipeline(
  tx: Tx,
  pipeline: { id: string; name: string },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO pipeline (workspace_id, id, name) VALUES (${tx.workspaceId}, ${pipeline.id}, ${pipeline.name})
    ON CONFLICT (workspace_id, name) DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

/** False when another pipeline has the name. */
export async function updatePipelineName(tx: Tx, id: string, name: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE pipeline SET name = ${name}
    WHERE id = ${id} AND NOT EXISTS (SELECT 1 FROM pipeline WHERE name = ${name} AND id <> ${id})
    RETURNING id`.execute(tx);
  return rows.length > 0;
}

/** Held against other changes of its stages until the transaction ends. */
export async function lockPipeline(tx: Tx, id: string): Promise<Pipeline | undefined> {
  const { rows } = await sql<Pipeline>`
    SELECT id, name, created_at FROM pipeline WHERE id = ${id} FOR NO KEY UPDATE`.execute(tx);
  return rows[0];
}

export async function selectPipelines(tx: Tx, id?: string): Promise<Pipeline[]> {
  const { rows } = await sql<Pipeline>`
    SELECT id, name, created_at FROM pipeline WHERE ${id ? sql`id = ${id}` : sql`true`}
    ORDER BY name COLLATE "C"`.execute(tx);
  return rows;
}

export async function selectStages(tx: Tx, pipelineIds: readonly string[]): Promise<Stage[]> {
  const { rows } = await sql<Stage>`
    SELECT id, pipeline_id, name, kind, position FROM pipeline_stage
    WHERE pipeline_id = ANY(${pipelineIds}::uuid[]) ORDER BY pipeline_id, position`.execute(tx);
  return rows;
}

export async function selectStage(tx: Tx, id: string): Promise<Stage | undefined> {
  const { rows } = await sql<Stage>`
    SELECT id, pipeline_id, name, kind, position FROM pipeline_stage WHERE id = ${id}`.execute(tx);
  return rows[0];
}

/** The stage, held so that one move at a time finds its place in it. */
export async function lockStage(tx: Tx, id: string): Promise<Stage | undefined> {
  const { rows } = await sql<Stage>`
    SELECT id, pipeline_id, name, kind, position FROM pipeline_stage WHERE id = ${id} FOR NO KEY UPDATE`.execute(
    tx,
  );
  return rows[0];
}

/** Adds stages, and renames and reorders those that are there. */
export async function saveStages(tx: Tx, stages: readonly Stage[]): Promise<void> {
  await sql`
    INSERT INTO pipeline_stage (workspace_id, id, pipeline_id, name, kind, position)
    SELECT ${tx.workspaceId}, * FROM unnest(
      ${stages.map((s) => s.id)}::uuid[], ${stages.map((s) => s.pipeline_id)}::uuid[], ${stages.map((s) => s.name)}::text[],
      ${stages.map((s) => s.kind)}::text[], ${stages.map((s) => s.position)}::int[])
    ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, kind = excluded.kind, position = excluded.position`.execute(
    tx,
  );
}

export async function removeStages(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`DELETE FROM pipeline_stage WHERE id = ANY(${ids}::uuid[])`.execute(tx);
}

/** How many opportunities stand in a stage, whoever sees them, and how many more are in the bin. */
export async function countInStage(
  tx: Tx,
  stageId: string,
): Promise<{ live: number; in_bin: number }> {
  const { rows } = await sql<{ live: number; in_bin: number }>`
    SELECT count(*) FILTER (WHERE deletion_id IS NULL) AS live, count(*) FILTER (WHERE deletion_id IS NOT NULL) AS in_bin
    FROM opportunity WHERE stage_id = ${stageId}`.execute(tx);
  return rows[0] ?? { live: 0, in_bin: 0 };
}

export interface StageSum {
  stage_id: string;
  currency: string;
  opportunities: number;
  amount: string;
}

/** Per stage and currency, what the viewer sees in it. */
export async function sumStages(
  tx: Tx,
  viewer: Viewer,
  pipelineIds: readonly string[],
): Promise<StageSum[]> {
  const { rows } = await sql<StageSum>`
    SELECT o.stage_id, o.currency, count(*) AS opportunities, coalesce(sum(o.amount), 0)::text AS amount
    FROM pipeline_stage s JOIN live_opportunity o ON o.stage_id = s.id
    WHERE s.pipeline_id = ANY(${pipelineIds}::uuid[]) AND EXISTS (
      SELECT 1 FROM opportunity_contact oc JOIN live_contact c ON c.id = oc.contact_id
      WHERE oc.opportunity_id = o.id AND ${seenBy(viewer)})
    GROUP BY o.stage_id, o.currency ORDER BY o.stage_id, sum(o.amount) DESC NULLS LAST, o.currency`.execute(
    tx,
  );
  return rows;
}

/** The kind of the stage changed: its opportunities are closed from now, or open again. */
export async function closeStages(
  tx: Tx,
  stageIds: readonly string[],
  closed: boolean,
): Promise<void> {
  await sql`
    UPDATE opportunity SET closed_at = ${closed ? sql`coalesce(closed_at, clock_timestamp())` : sql`NULL`}
    WHERE stage_id = ANY(${stageIds}::uuid[])`.execute(tx);
}
