import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { actorOf, record } from "../ledger/index.ts";
import { deleteSessionsOf, deleteUnusedLinksOf } from "./credential-queries.ts";
import { findRole, findUser } from "./find-user.ts";
import { mayGrant } from "./grants.ts";
import { administrator } from "./roles.ts";
import { lockEnabledUsersOfRole, lockUser, type User, updateUser } from "./user-queries.ts";

export interface UserChange {
  userId: string;
  name?: string | undefined;
  roleId?: string | undefined;
  disabled?: boolean | undefined;
  by: Caller;
}

/**
 * Renames a user, gives another role, disables or enables. Disabling ends every
 * session and link at once. The last enabled administrator stays one.
 * @throws HeedError not_found, unknown_role, permission_denied, last_administrator
 */
export async function changeUser(tx: Tx, change: UserChange): Promise<User> {
  // Taken in one order by everybody who removes an administrator, so that two cannot remove each other.
  const administrators = await lockEnabledUsersOfRole(tx, administrator);
  const before = await lockUser(tx, change.userId);
  if (!before) throw new HeedError("not_found", "There is no user with this id.");
  mayGrant(change.by, before);
  const role = await findRole(tx, { id: change.roleId ?? before.role_id });
  mayGrant(change.by, role);
  const wasDisabled = before.disabled_at !== null;
  const disabled = change.disabled ?? wasDisabled;
  const stays = role.name === administrator && !disabled;
  if (!stays && administrators.length === 1 && administrators[0] === before.id) {
    throw new HeedError(
      "last_administrator",
      "This is the last administrator. Make somebody else an administrator first.",
    );
  }
  await updateUser(tx, before.id, {
    name: change.name?.trim() || before.name,
    roleId: role.id,
    disabled,
  });
  if (disabled && !wasDisabled) {
    await deleteSessionsOf(tx, before.id);
    await deleteUnusedLinksOf(tx, before.id);
  }
  const actor = actorOf(change.by);
  if (change.name !== undefined || role.id !== before.role_id) {
    const detail =
      role.id === before.role_id ? {} : { role_id: role.id, role_id_before: before.role_id };
    await record(tx, { act: "user.changed", actor, subjectId: before.id, detail });
  }
  if (disabled !== wasDisabled) {
    await record(tx, {
      act: disabled ? "user.disabled" : "user.enabled",
      actor,
      subjectId: before.id,
    });
  }
  return findUser(tx, before.id);
}
