import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { newId } from "../../kernel/ids.ts";
import { actorOf, record } from "../ledger/index.ts";
import { mayGrant } from "./grants.ts";
import type { Permission } from "./permissions.ts";
import { insertRole, lockWorkspace, type Role, selectRoleByName } from "./queries.ts";
import type { Visibility } from "./roles.ts";

/** Makes a custom role of permissions that its maker holds. @throws HeedError name_taken, permission_denied */
export async function makeRole(
  tx: Tx,
  role: { name: string; permissions: readonly Permission[]; visibility: Visibility; by: Caller },
): Promise<Role> {
  mayGrant(role.by, role);
  await mustBeFree(tx, role.name, null);
  const made: Role = {
    id: newId(),
    name: role.name,
    built_in: false,
    permissions: [...new Set(role.permissions)],
    visibility: role.visibility,
  };
  await insertRole(tx, made);
  await record(tx, {
    act: "role.created",
    actor: actorOf(role.by),
    subjectId: made.id,
    detail: { permissions: made.permissions, visibility: made.visibility },
  });
  return made;
}

/** Refuses a name that another role has in any case: people tell roles apart by reading. */
export async function mustBeFree(tx: Tx, name: string, exceptRoleId: string | null): Promise<void> {
  // The workspace's lock keeps a second maker of the same name waiting.
  await lockWorkspace(tx);
  const other = await selectRoleByName(tx, name);
  if (other && other.id !== exceptRoleId) {
    throw new HeedError(
      "name_taken",
      `There is a role called "${other.name}" already. Choose another name.`,
    );
  }
}
