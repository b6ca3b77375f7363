import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { type Role, selectRole, selectRoleByName } from "./queries.ts";
import { userEmail } from "./rules.ts";
import { selectUser, selectUserByEmail, type User } from "./user-queries.ts";

/** @throws HeedError not_found */
export async function findUser(tx: Tx, userId: string): Promise<User> {
  const user = await selectUser(tx, userId);
  if (!user) throw new HeedError("not_found", "There is no user with this id.");
  return user;
}

/** The user who signs in with this email, disabled or not; null when nobody does. */
export async function findUserByEmail(tx: Tx, email: string): Promise<User | null> {
  return (await selectUserByEmail(tx, userEmail(email))) ?? null;
}

/** A role by its id or its name, whatever the case. @throws HeedError unknown_role */
export async function findRole(tx: Tx, role: { id: string } | { name: string }): Promise<Role> {
  const found =
    "id" in role ? await selectRole(tx, role.id) : await selectRoleByName(tx, role.name);
  if (!found) {
    const which = "id" in role ? "with this id" : `called "${role.name}"`;
    throw new HeedError("unknown_role", `There is no role ${which}. GET /roles lists them.`);
  }
  return found;
}
