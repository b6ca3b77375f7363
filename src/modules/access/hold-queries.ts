import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

/** Holds a user's row, then that of the role they have: neither changes until the transaction ends. */
export async function holdUserAndRole(tx: Tx, userId: string): Promise<boolean> {
  const { rows } = await sql<{ role_id: string }>`
    SELECT role_id FROM app_user WHERE id = ${userId} FOR SHARE`.execute(tx);
  if (!rows[0]) return false;
  await sql`SELECT 1 FROM role WHERE id = ${rows[0].role_id} FOR SHARE`.execute(tx);
  return true;
}

/** Holds a key's row against revoking; its scopes (null is all), or undefined for a revoked or unknown key. */
export async function holdKey(tx: Tx, keyId: string): Promise<string[] | null | undefined> {
  const { rows } = await sql<{ scopes: string[] | null }>`
    SELECT scopes FROM api_key WHERE id = ${keyId} AND revoked_at IS NULL FOR SHARE`.execute(tx);
  return rows[0]?.scopes;
}
