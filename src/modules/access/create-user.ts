import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { newId } from "../../kernel/ids.ts";
import { actorOf, record, system } from "../ledger/index.ts";
import { findRole, findUser } from "./find-user.ts";
import { mayGrant } from "./grants.ts";
import { hashPassword } from "./password.ts";
import { knownLocale, userEmail } from "./rules.ts";
import { insertUser, type User } from "./user-queries.ts";

export interface NewUser {
  email: string;
  name: string;
  role: { id: string } | { name: string };
  /** Without one the user comes in by a sign-in link and sets it. */
  password?: string | undefined;
  locale?: string | undefined;
  /** Who adds them; null is the operator at the terminal, who may give any role. */
  by: Caller | null;
}

/**
 * Adds a user to the workspace.
 * @throws HeedError address_taken, unknown_role, password_too_short, permission_denied
 */
export async function createUser(tx: Tx, user: NewUser): Promise<User> {
  const email = userEmail(user.email);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new HeedError(
      "bad_email",
      `"${email}" is no email address. Write it as in ada@example.org.`,
    );
  }
  const role = await findRole(tx, user.role);
  if (user.by) mayGrant(user.by, role);
  const passwordHash = user.password === undefined ? null : await hashPassword(user.password);
  const id = newId();
  const locale = knownLocale(user.locale ?? "en");
  if (
    !(await insertUser(tx, {
      id,
      roleId: role.id,
      email,
      name: user.name.trim() || email,
      locale,
      passwordHash,
    }))
  ) {
    throw new HeedError(
      "address_taken",
      "A user with this email is there already. Change that one instead.",
    );
  }
  await record(tx, {
    act: "user.created",
    actor: user.by ? actorOf(user.by) : system,
    subjectId: id,
    detail: { role_id: role.id },
  });
  return findUser(tx, id);
}
