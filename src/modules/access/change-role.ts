import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { actorOf, record } from "../ledger/index.ts";
import { mayGrant } from "./grants.ts";
import { mustBeFree } from "./make-role.ts";
import type { Permission } from "./permissions.ts";
import { lockRole, type Role, updateRole } from "./queries.ts";
import type { Visibility } from "./roles.ts";

export interface RoleChange {
  roleId: string;
  name?: string | undefined;
  permissions?: readonly Permission[] | undefined;
  visibility?: Visibility | undefined;
  by: Caller;
}

/**
 * Changes a custom role; everybody who has it may do so from their next request.
 * @throws HeedError not_found, state_conflict (built-in), name_taken, permission_denied
 */
export async function changeRole(tx: Tx, change: RoleChange): Promise<Role> {
  const before = await lockCustomRole(tx, change.roleId);
  const after: Role = {
    ...before,
    name: change.name ?? before.name,
    permissions: change.permissions ? [...new Set(change.permissions)] : before.permissions,
    visibility: change.visibility ?? before.visibility,
  };
  // What changes hands, given or taken, must be the changer's own to give.
  mayGrant(change.by, {
    permissions: symmetricDifference(before.permissions, after.permissions),
    visibility: before.visibility === after.visibility ? "own" : "all",
  });
  await mustBeFree(tx, after.name, after.id);
  await updateRole(tx, after);
  await record(tx, {
    act: "role.changed",
    actor: actorOf(change.by),
    subjectId: after.id,
    detail: {
      permissions: after.permissions,
      visibility: after.visibility,
      permissions_before: before.permissions,
      visibility_before: before.visibility,
    },
  });
  return after;
}

/** @throws HeedError not_found, state_conflict */
export async function lockCustomRole(tx: Tx, roleId: string): Promise<Role> {
  const role = await lockRole(tx, roleId);
  if (!role) throw new HeedError("not_found", "There is no role with this id.");
  if (role.built_in) {
    throw new HeedError(
      "state_conflict",
      `"${role.name}" is a built-in role and stays as it is. Make a role of your own with the permissions you want.`,
    );
  }
  return role;
}

function symmetricDifference(a: readonly string[], b: readonly string[]): string[] {
  return [...a.filter((each) => !b.includes(each)), ...b.filter((each) => !a.includes(each))];
}
