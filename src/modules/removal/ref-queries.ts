import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

export interface ExternalRef {
  system: string;
  external_id: string;
  deletion: "allowed" | "locked";
  created_at: Date;
}

export async function listRefs(tx: Tx, contactId: string): Promise<ExternalRef[]> {
  const { rows } = await sql<ExternalRef>`
    SELECT system, external_id, deletion, created_at FROM contact_external_ref
    WHERE contact_id = ${contactId} ORDER BY system`.execute(tx);
  return rows;
}

/** Holds the contact, so that a deletion either comes before or sees what is written next. */
export async function holdContact(tx: Tx, contactId: string): Promise<void> {
  await sql`SELECT id FROM contact WHERE id = ${contactId} FOR NO KEY UPDATE`.execute(tx);
}

/** False when another contact has this id in that system. */
export async function upsertRef(
  tx: Tx,
  contactId: string,
  ref: Omit<ExternalRef, "created_at">,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM contact_external_ref
    WHERE system = ${ref.system} AND external_id = ${ref.external_id} AND contact_id <> ${contactId}`.execute(
    tx,
  );
  if (rows.length > 0) return false;
  await sql`
    INSERT INTO contact_external_ref (workspace_id, contact_id, system, external_id, deletion)
    VALUES (${tx.workspaceId}, ${contactId}, ${ref.system}, ${ref.external_id}, ${ref.deletion})
    ON CONFLICT (workspace_id, contact_id, system)
    DO UPDATE SET external_id = excluded.external_id, deletion = excluded.deletion`.execute(tx);
  return true;
}

export async function deleteRef(tx: Tx, contactId: string, system: string): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM contact_external_ref WHERE contact_id = ${contactId} AND system = ${system}
    RETURNING system`.execute(tx);
  return rows.length > 0;
}
