import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";

export interface Session {
  workspace_id: string;
  id: string;
  user_id: string;
  csrf_token: string;
}

export async function insertSession(
  tx: Tx,
  session: { id: string; userId: string; hash: Buffer; csrfToken: string; expiresAt: Date },
): Promise<void> {
  await sql`
    INSERT INTO session (workspace_id, id, user_id, token_hash, csrf_token, expires_at)
    VALUES (${tx.workspaceId}, ${session.id}, ${session.userId}, ${session.hash}, ${session.csrfToken}, ${session.expiresAt})`.execute(
    tx,
  );
}

/** The session of a token while it lasts. Works before the workspace is known, and within one. */
export async function findSession(tx: SystemTx | Tx, hash: Buffer): Promise<Session | undefined> {
  const { rows } = await sql<Session>`
    SELECT workspace_id, id, user_id, csrf_token FROM session
    WHERE token_hash = ${hash} AND expires_at > now()`.execute(tx);
  return rows[0];
}

export async function deleteSession(tx: Tx, sessionId: string): Promise<void> {
  await sql`DELETE FROM session WHERE id = ${sessionId}`.execute(tx);
}

/** Ends a user's sessions, all but `kept`. */
export async function deleteSessionsOf(
  tx: Tx,
  userId: string,
  kept: string | null = null,
): Promise<void> {
  await sql`
    DELETE FROM session WHERE user_id = ${userId} AND ${kept ? sql`id <> ${kept}` : sql`true`}`.execute(
    tx,
  );
}

export async function deleteEndedSessionsOf(tx: Tx, userId: string): Promise<void> {
  await sql`DELETE FROM session WHERE user_id = ${userId} AND expires_at <= now()`.execute(tx);
}

export interface ApiKey {
  id: string;
  user_id: string;
  user_name: string;
  name: string;
  prefix: string;
  scopes: string[] | null;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export async function insertApiKey(
  tx: Tx,
  key: {
    id: string;
    userId: string;
    name: string;
    prefix: string;
    hash: Buffer;
    scopes: readonly string[] | null;
  },
): Promise<void> {
  await sql`
    INSERT INTO api_key (workspace_id, id, user_id, name, prefix, key_hash, scopes)
    VALUES (${tx.workspaceId}, ${key.id}, ${key.userId}, ${key.name}, ${key.prefix}, ${key.hash}, ${key.scopes}::text[])`.execute(
    tx,
  );
}

const keyWithUser = sql`
  SELECT k.id, k.user_id, u.name AS user_name, k.name, k.prefix, k.scopes, k.created_at, k.last_used_at, k.revoked_at
  FROM api_key k JOIN app_user u ON u.workspace_id = k.workspace_id AND u.id = k.user_id`;

/** Keys newest first, revoked ones included. */
export async function listApiKeys(
  tx: Tx,
  page: { before?: string; limit: number },
): Promise<ApiKey[]> {
  const { rows } = await sql<ApiKey>`
    ${keyWithUser} WHERE ${page.before ? sql`k.id < ${page.before}` : sql`true`}
    ORDER BY k.id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

export async function selectApiKey(tx: Tx, keyId: string): Promise<ApiKey | undefined> {
  const { rows } = await sql<ApiKey>`${keyWithUser} WHERE k.id = ${keyId}`.execute(tx);
  return rows[0];
}

/** Revokes a key; false when it was revoked before or is not there. */
export async function markKeyRevoked(tx: Tx, keyId: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE api_key SET revoked_at = now() WHERE id = ${keyId} AND revoked_at IS NULL RETURNING id`.execute(
    tx,
  );
  return rows.length > 0;
}

/**
 * Notes that a key was used, at most once a minute, so that reading stays free of writing. Passes
 * by while a job holds the key's row: a request of the same key must not wait for a batch.
 */
export async function noteKeyUse(tx: Tx, keyId: string): Promise<void> {
  await sql`
    UPDATE api_key SET last_used_at = now()
    WHERE id = (
      SELECT id FROM api_key
      WHERE id = ${keyId} AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
      FOR NO KEY UPDATE SKIP LOCKED)`.execute(tx);
}

export interface PresentedKey {
  workspace_id: string;
  id: string;
  user_id: string;
  scopes: string[] | null;
  revoked: boolean;
  /** True when its last use was noted over a minute ago. */
  note_due: boolean;
}

export async function findApiKeyByHash(
  tx: SystemTx,
  hash: Buffer,
): Promise<PresentedKey | undefined> {
  const { rows } = await sql<PresentedKey>`
    SELECT workspace_id, id, user_id, scopes, revoked_at IS NOT NULL AS revoked,
      last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS note_due
    FROM api_key WHERE key_hash = ${hash}`.execute(tx);
  return rows[0];
}

export async function insertSignInLink(
  tx: Tx,
  link: { id: string; userId: string; hash: Buffer; expiresAt: Date },
): Promise<void> {
  await sql`
    INSERT INTO sign_in_link (workspace_id, id, user_id, token_hash, expires_at)
    VALUES (${tx.workspaceId}, ${link.id}, ${link.userId}, ${link.hash}, ${link.expiresAt})`.execute(
    tx,
  );
}

export async function findSignInLink(
  tx: SystemTx,
  hash: Buffer,
): Promise<{ workspace_id: string; id: string; user_id: string } | undefined> {
  const { rows } = await sql<{ workspace_id: string; id: string; user_id: string }>`
    SELECT workspace_id, id, user_id FROM sign_in_link WHERE token_hash = ${hash}`.execute(tx);
  return rows[0];
}

/** Uses a link up; false when it was used before or has expired. */
export async function useUpSignInLink(tx: Tx, linkId: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE sign_in_link SET used_at = now()
    WHERE id = ${linkId} AND used_at IS NULL AND expires_at > now() RETURNING id`.execute(tx);
  return rows.length > 0;
}

export async function deleteUnusedLinksOf(tx: Tx, userId: string): Promise<void> {
  await sql`DELETE FROM sign_in_link WHERE user_id = ${userId} AND used_at IS NULL`.execute(tx);
}

/** Takes away sessions that have ended. */
export async function deleteEndedSessions(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql`
    DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at <= now() LIMIT ${limit})
    RETURNING id`.execute(tx);
  return rows.length;
}

/** Takes away sign-in links that were used or have expired. */
export async function deleteSpentLinks(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql`
    DELETE FROM sign_in_link WHERE id IN (
      SELECT id FROM sign_in_link WHERE expires_at <= now() OR used_at IS NOT NULL LIMIT ${limit})
    RETURNING id`.execute(tx);
  return rows.length;
}
