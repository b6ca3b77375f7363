import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";
import type { Visibility } from "./roles.ts";

/** A user with what their role lets them do. */
export interface User {
  id: string;
  email: string;
  name: string;
  locale: string;
  role_id: string;
  role_name: string;
  permissions: string[];
  visibility: Visibility;
  /** True while a second factor is needed to sign in. */
  has_totp: boolean;
  has_password: boolean;
  disabled_at: Date | null;
  created_at: Date;
}

const userWithRole = sql`
  SELECT u.id, u.email, u.name, u.locale, u.role_id, r.name AS role_name, r.permissions, r.visibility,
    u.totp_sealed IS NOT NULL AS has_totp, u.password_hash IS NOT NULL AS has_password, u.disabled_at, u.created_at
  FROM app_user u JOIN role r ON r.workspace_id = u.workspace_id AND r.id = u.role_id`;

/** Inserts a user; false when the email is taken. */
export async function insertUser(
  tx: Tx,
  user: {
    id: string;
    roleId: string;
    email: string;
    name: string;
    locale: string;
    passwordHash: string | null;
  },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO app_user (workspace_id, id, role_id, email, name, locale, password_hash)
    VALUES (${tx.workspaceId}, ${user.id}, ${user.roleId}, ${user.email}, ${user.name}, ${user.locale}, ${user.passwordHash})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

export async function selectUser(tx: Tx, userId: string): Promise<User | undefined> {
  const { rows } = await sql<User>`${userWithRole} WHERE u.id = ${userId}`.execute(tx);
  return rows[0];
}

/** The user, locked until the transaction ends. */
export async function lockUser(tx: Tx, userId: string): Promise<User | undefined> {
  const { rows } =
    await sql<User>`${userWithRole} WHERE u.id = ${userId} FOR NO KEY UPDATE OF u`.execute(tx);
  return rows[0];
}

export async function selectUserByEmail(tx: Tx, email: string): Promise<User | undefined> {
  const { rows } = await sql<User>`${userWithRole} WHERE u.email = ${email}`.execute(tx);
  return rows[0];
}

/** Users in the order they were made, disabled ones included. */
export async function listUsers(tx: Tx, page: { after?: string; limit: number }): Promise<User[]> {
  const { rows } = await sql<User>`
    ${userWithRole} WHERE ${page.after ? sql`u.id > ${page.after}` : sql`true`}
    ORDER BY u.id LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** The users of these ids, for showing who owns or did something. Unknown ids are left out. */
export async function findUsers(tx: Tx, ids: readonly string[]): Promise<User[]> {
  const { rows } = await sql<User>`${userWithRole} WHERE u.id = ANY(${ids}::uuid[])`.execute(tx);
  return rows;
}

/** Locks the enabled users of a role in one order, and answers who they are when the locks are held. */
export async function lockEnabledUsersOfRole(tx: Tx, roleName: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT u.id FROM app_user u JOIN role r ON r.workspace_id = u.workspace_id AND r.id = u.role_id
    WHERE r.name = ${roleName} AND r.built_in AND u.disabled_at IS NULL
    ORDER BY u.id FOR NO KEY UPDATE OF u`.execute(tx);
  return rows.map((row) => row.id);
}

export async function updateUser(
  tx: Tx,
  userId: string,
  change: { name: string; roleId: string; disabled: boolean },
): Promise<void> {
  await sql`
    UPDATE app_user SET name = ${change.name}, role_id = ${change.roleId},
      disabled_at = ${change.disabled ? sql`coalesce(disabled_at, now())` : sql`NULL`}
    WHERE id = ${userId}`.execute(tx);
}

export async function updateOwnProfile(
  tx: Tx,
  userId: string,
  profile: { name: string; locale: string },
): Promise<void> {
  await sql`UPDATE app_user SET name = ${profile.name}, locale = ${profile.locale} WHERE id = ${userId}`.execute(
    tx,
  );
}

/** Changes the email unless another user of the workspace has it; false then. */
export async function updateEmail(tx: Tx, userId: string, email: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE app_user SET email = ${email}
    WHERE id = ${userId} AND NOT EXISTS (SELECT FROM app_user WHERE email = ${email} AND id <> ${userId})
    RETURNING id`.execute(tx);
  return rows.length > 0;
}

export async function selectPasswordHash(tx: Tx, userId: string): Promise<string | null> {
  const { rows } = await sql<{ password_hash: string | null }>`
    SELECT password_hash FROM app_user WHERE id = ${userId}`.execute(tx);
  return rows[0]?.password_hash ?? null;
}

export async function updatePasswordHash(tx: Tx, userId: string, hash: string): Promise<void> {
  await sql`UPDATE app_user SET password_hash = ${hash} WHERE id = ${userId}`.execute(tx);
}

export interface SecondFactor {
  sealed: Buffer | null;
  pending: Buffer | null;
}

export async function selectSecondFactor(tx: Tx, userId: string): Promise<SecondFactor> {
  const { rows } = await sql<SecondFactor>`
    SELECT totp_sealed AS sealed, totp_pending AS pending FROM app_user WHERE id = ${userId}`.execute(
    tx,
  );
  return rows[0] ?? { sealed: null, pending: null };
}

export async function updatePendingSecret(tx: Tx, userId: string, sealed: Buffer): Promise<void> {
  await sql`UPDATE app_user SET totp_pending = ${sealed} WHERE id = ${userId}`.execute(tx);
}

/** The pending secret becomes the second factor; its first code is spent. */
export async function confirmPendingSecret(tx: Tx, userId: string, step: number): Promise<void> {
  await sql`
    UPDATE app_user SET totp_sealed = totp_pending, totp_pending = NULL, totp_last_step = ${step}
    WHERE id = ${userId}`.execute(tx);
}

/** Spends the code of this step; false when it, or a later one, was spent before. */
export async function spendStep(tx: Tx, userId: string, step: number): Promise<boolean> {
  const { rows } = await sql`
    UPDATE app_user SET totp_last_step = ${step}
    WHERE id = ${userId} AND (totp_last_step IS NULL OR totp_last_step < ${step}) RETURNING id`.execute(
    tx,
  );
  return rows.length > 0;
}

export async function clearSecondFactor(tx: Tx, userId: string): Promise<void> {
  await sql`
    UPDATE app_user SET totp_sealed = NULL, totp_pending = NULL, totp_last_step = NULL
    WHERE id = ${userId}`.execute(tx);
}

export interface SignInCandidate {
  workspace_id: string;
  id: string;
  password_hash: string | null;
  disabled: boolean;
}

/** The users of every workspace with this email, oldest first. */
export async function findByEmailEverywhere(
  tx: SystemTx,
  email: string,
): Promise<SignInCandidate[]> {
  const { rows } = await sql<SignInCandidate>`
    SELECT workspace_id, id, password_hash, disabled_at IS NOT NULL AS disabled
    FROM app_user WHERE email = ${email} ORDER BY id LIMIT 20`.execute(tx);
  return rows;
}

export async function anyUserExists(tx: SystemTx): Promise<boolean> {
  const { rows } = await sql<{
    some: boolean;
  }>`SELECT EXISTS (SELECT FROM app_user) AS some`.execute(tx);
  return rows[0]?.some ?? false;
}
