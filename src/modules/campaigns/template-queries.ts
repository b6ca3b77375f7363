import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { CompiledContent, ContentFormat } from "./content/index.ts";

export interface Template {
  id: string;
  name: string;
  subject: string;
  format: ContentFormat;
  body: string;
  created_at: Date;
  updated_at: Date;
}

export type TemplateSummary = Omit<Template, "body">;

/** Templates, newest first, without their bodies. */
export async function listTemplates(
  tx: Tx,
  page: { before: string | null; limit: number },
): Promise<TemplateSummary[]> {
  const { rows } = await sql<TemplateSummary>`
    SELECT id, name, subject, format, created_at, updated_at FROM template
    WHERE ${page.before ? sql`id < ${page.before}` : sql`true`}
    ORDER BY id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

export async function countTemplates(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM template`.execute(tx);
  return rows[0]?.count ?? 0;
}

export async function selectTemplate(
  tx: Tx,
  id: string,
): Promise<(Template & { compiled: CompiledContent }) | undefined> {
  const { rows } = await sql<Template & { compiled: CompiledContent }>`
    SELECT id, name, subject, format, body, compiled, created_at, updated_at FROM template WHERE id = ${id}`.execute(
    tx,
  );
  return rows[0];
}

type Written = Omit<Template, "created_at" | "updated_at"> & { compiled: CompiledContent };

/** False when the name is taken. */
export async function insertTemplate(tx: Tx, t: Written): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO template (workspace_id, id, name, subject, format, body, compiled)
    VALUES (${tx.workspaceId}, ${t.id}, ${t.name}, ${t.subject}, ${t.format}, ${t.body}, ${JSON.stringify(t.compiled)}::jsonb)
    ON CONFLICT (workspace_id, name) DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

/** False when another template has the name. */
export async function updateTemplate(tx: Tx, t: Written): Promise<boolean> {
  const { rows } = await sql`
    UPDATE template SET name = ${t.name}, subject = ${t.subject}, format = ${t.format}, body = ${t.body},
      compiled = ${JSON.stringify(t.compiled)}::jsonb, updated_at = now()
    WHERE id = ${t.id} AND NOT EXISTS (SELECT 1 FROM template o WHERE o.name = ${t.name} AND o.id <> ${t.id})
    RETURNING id`.execute(tx);
  return rows.length > 0;
}
