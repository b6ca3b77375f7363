import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { actorOf, record } from "../ledger/index.ts";
import { lockCustomRole } from "./change-role.ts";
import { countUsersOfRole, deleteRoleRow } from "./queries.ts";

/** Deletes a custom role that nobody has. @throws HeedError not_found, state_conflict */
export async function deleteRole(tx: Tx, deletion: { roleId: string; by: Caller }): Promise<void> {
  const role = await lockCustomRole(tx, deletion.roleId);
  const users = await countUsersOfRole(tx, role.id);
  if (users > 0) {
    throw new HeedError(
      "state_conflict",
      `${users === 1 ? "One user has" : `${users} users have`} this role. Give them another role first.`,
      { users },
    );
  }
  await deleteRoleRow(tx, role.id);
  await record(tx, { act: "role.deleted", actor: actorOf(deletion.by), subjectId: role.id });
}
