import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { CompiledContent } from "./content/index.ts";

export interface ContactValues {
  id: string;
  first_name: string;
  last_name: string;
  company: string;
  job_title: string;
  email: string | null;
  phone: string | null;
  attributes: Record<string, unknown>;
}

export async function selectContactValues(
  tx: Tx,
  ids: readonly string[],
): Promise<ContactValues[]> {
  const { rows } = await sql<ContactValues>`
    SELECT id, first_name, last_name, company, job_title, email, phone, attributes
    FROM contact WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return rows;
}

/** Name and address that mails of the default account come from. */
export async function selectSender(
  tx: Tx,
): Promise<{ from_name: string; from_address: string } | undefined> {
  const { rows } = await sql<{ from_name: string; from_address: string }>`
    SELECT from_name, from_address FROM sending_account WHERE is_default AND channel = 'email'`.execute(
    tx,
  );
  return rows[0];
}

/** What a step is rendered from: the copy of a started campaign, or for a draft the template as it is now. */
export async function selectContent(
  tx: Tx,
  campaignId: string,
  step: number,
): Promise<CompiledContent | undefined> {
  const { rows } = await sql<{ content: CompiledContent | null }>`
    SELECT coalesce(s.content, t.compiled) AS content
    FROM campaign_step s JOIN template t ON t.workspace_id = s.workspace_id AND t.id = s.template_id
    WHERE s.campaign_id = ${campaignId} AND s.position = ${step}`.execute(tx);
  return rows[0]?.content ?? undefined;
}
