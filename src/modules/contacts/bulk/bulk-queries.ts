import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import { contactColumns, type LiveContact } from "../queries.ts";
import type { Fields } from "./rules.ts";

/** Live contacts, held against other edits until the transaction ends, in order of id. */
export async function lockContacts(tx: Tx, ids: readonly string[]): Promise<LiveContact[]> {
  const { rows } = await sql<LiveContact>`
    SELECT ${contactColumns} FROM contact c
    WHERE c.id = ANY(${ids}::uuid[]) AND c.deletion_id IS NULL ORDER BY c.id FOR UPDATE`.execute(
    tx,
  );
  return rows;
}

/** Writes the fields of many contacts, which are locked. */
export async function updateContacts(
  tx: Tx,
  contacts: readonly (Fields & { id: string; search_text: string; sort_name: string })[],
): Promise<void> {
  if (contacts.length === 0) return;
  await sql`
    UPDATE contact c SET owner_id = g.owner_id, attributes = g.attributes, company = g.company, job_title = g.job_title,
      locale = g.locale, processed_at = g.processed_at, search_text = g.search_text, sort_name = g.sort_name,
      updated_at = greatest(clock_timestamp(), c.updated_at + interval '1 millisecond')
    FROM unnest(
      ${contacts.map((c) => c.id)}::uuid[], ${contacts.map((c) => c.owner_id)}::uuid[],
      ${contacts.map((c) => JSON.stringify(c.attributes))}::jsonb[], ${contacts.map((c) => c.company)}::text[],
      ${contacts.map((c) => c.job_title)}::text[], ${contacts.map((c) => c.locale)}::text[],
      ${contacts.map((c) => c.processed_at)}::timestamptz[], ${contacts.map((c) => c.search_text)}::text[],
      ${contacts.map((c) => c.sort_name)}::text[]
    ) AS g (id, owner_id, attributes, company, job_title, locale, processed_at, search_text, sort_name)
    WHERE c.workspace_id = ${tx.workspaceId} AND c.id = g.id`.execute(tx);
}
