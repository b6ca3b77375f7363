import { sql } from "kysely";
import type { Pool } from "pg";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";
import type { Visibility } from "./roles.ts";

export interface Workspace {
  workspace_id: string;
  name: string;
  time_zone: string;
  policy: unknown;
  created_at: Date;
}

export async function insertWorkspace(
  tx: Tx,
  workspace: { name: string; timeZone: string },
): Promise<void> {
  await sql`
    INSERT INTO workspace (workspace_id, name, time_zone)
    VALUES (${tx.workspaceId}, ${workspace.name}, ${workspace.timeZone})`.execute(tx);
}

export async function selectWorkspace(tx: Tx): Promise<Workspace | undefined> {
  const { rows } = await sql<Workspace>`SELECT * FROM workspace`.execute(tx);
  return rows[0];
}

/** The workspace, locked until the transaction ends; rows that refer to it can be written meanwhile. */
export async function lockWorkspace(tx: Tx): Promise<Workspace | undefined> {
  const { rows } = await sql<Workspace>`SELECT * FROM workspace FOR NO KEY UPDATE`.execute(tx);
  return rows[0];
}

export async function updateWorkspace(
  tx: Tx,
  workspace: { name: string; time_zone: string; policy: unknown },
): Promise<void> {
  await sql`
    UPDATE workspace SET name = ${workspace.name}, time_zone = ${workspace.time_zone},
      policy = ${JSON.stringify(workspace.policy)}::jsonb`.execute(tx);
}

/** Every workspace of the installation, oldest first. */
export async function listWorkspaceIds(tx: SystemTx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM workspace ORDER BY workspace_id`.execute(tx);
  return rows.map((row) => row.workspace_id);
}

export interface Role {
  id: string;
  name: string;
  built_in: boolean;
  permissions: string[];
  visibility: Visibility;
}

export async function insertRole(tx: Tx, role: Role): Promise<void> {
  await sql`
    INSERT INTO role (workspace_id, id, name, built_in, permissions, visibility)
    VALUES (${tx.workspaceId}, ${role.id}, ${role.name}, ${role.built_in}, ${role.permissions}::text[], ${role.visibility})`.execute(
    tx,
  );
}

export async function listRoles(tx: Tx): Promise<Role[]> {
  const { rows } = await sql<Role>`
    SELECT id, name, built_in, permissions, visibility FROM role ORDER BY built_in DESC, id`.execute(
    tx,
  );
  return rows;
}

export async function selectRole(tx: Tx, roleId: string): Promise<Role | undefined> {
  const { rows } = await sql<Role>`
    SELECT id, name, built_in, permissions, visibility FROM role WHERE id = ${roleId}`.execute(tx);
  return rows[0];
}

/** Locks the role, so that nobody is given it, and it is not changed, until the transaction ends. */
export async function lockRole(tx: Tx, roleId: string): Promise<Role | undefined> {
  const { rows } = await sql<Role>`
    SELECT id, name, built_in, permissions, visibility FROM role WHERE id = ${roleId} FOR UPDATE`.execute(
    tx,
  );
  return rows[0];
}

/** The role of this name, whatever its case. */
export async function selectRoleByName(tx: Tx, name: string): Promise<Role | undefined> {
  const { rows } = await sql<Role>`
    SELECT id, name, built_in, permissions, visibility FROM role WHERE lower(name) = lower(${name})`.execute(
    tx,
  );
  return rows[0];
}

export async function updateRole(tx: Tx, role: Omit<Role, "built_in">): Promise<void> {
  await sql`
    UPDATE role SET name = ${role.name}, permissions = ${role.permissions}::text[], visibility = ${role.visibility}
    WHERE id = ${role.id}`.execute(tx);
}

export async function deleteRoleRow(tx: Tx, roleId: string): Promise<void> {
  await sql`DELETE FROM role WHERE id = ${roleId}`.execute(tx);
}

export async function countUsersOfRole(tx: Tx, roleId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM app_user WHERE role_id = ${roleId}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Which roles hold a permission, and which enabled people have those roles (at most `people`). */
export async function holdersOf(
  tx: Tx,
  permission: string,
  people: number,
): Promise<{ roles: string[]; people: string[] }> {
  const roles = await sql<{ name: string }>`
    SELECT name FROM role WHERE ${permission} = ANY(permissions) ORDER BY built_in DESC, id`.execute(
    tx,
  );
  const users = await sql<{ name: string }>`
    SELECT u.name FROM app_user u JOIN role r ON r.workspace_id = u.workspace_id AND r.id = u.role_id
    WHERE ${permission} = ANY(r.permissions) AND u.disabled_at IS NULL
    ORDER BY u.id LIMIT ${people}`.execute(tx);
  return { roles: roles.rows.map((row) => row.name), people: users.rows.map((row) => row.name) };
}

/** The database's mark of the secret it was made with; the first to ask leaves its own. */
export async function rememberCanary(tx: SystemTx, canary: string): Promise<string> {
  await sql`
    INSERT INTO installation (name, value) VALUES ('canary', ${JSON.stringify(canary)}::jsonb)
    ON CONFLICT DO NOTHING`.execute(tx);
  const { rows } = await sql<{ value: string }>`
    SELECT value FROM installation WHERE name = 'canary'`.execute(tx);
  return rows[0]?.value ?? "";
}

/** Asked before there are secrets, so without a Database; false too before the first migration. */
export async function canaryIsThere(pool: Pick<Pool, "query">): Promise<boolean> {
  const table = await pool.query("SELECT to_regclass('installation') IS NOT NULL AS there");
  if (!table.rows[0]?.there) return false;
  const { rowCount } = await pool.query("SELECT FROM installation WHERE name = 'canary'");
  return rowCount !== 0;
}

/** Held until the transaction ends, so that of several processes on an empty database one makes the first user. */
export async function lockBootstrap(tx: SystemTx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('heed:bootstrap', 0))`.execute(tx);
}
