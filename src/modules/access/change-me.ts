import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { actorOf, record } from "../ledger/index.ts";
import { deleteSessionsOf, deleteUnusedLinksOf } from "./credential-queries.ts";
import { findUser } from "./find-user.ts";
import { mustBeInPerson } from "./grants.ts";
import { hashPassword, passwordFits } from "./password.ts";
import { knownLocale, userEmail } from "./rules.ts";
import {
  selectPasswordHash,
  updateEmail,
  updateOwnProfile,
  updatePasswordHash,
} from "./user-queries.ts";

export interface OwnChange {
  caller: Caller;
  /** The session that asks, which stays when a new password ends the others. */
  sessionId: string | null;
  name?: string | undefined;
  locale?: string | undefined;
  email?: string | undefined;
  password?: string | undefined;
  /** Needed with a new email or password once there is a password. */
  currentPassword?: string | undefined;
}

/**
 * A user's change of their own name, language, email or password. A new
 * password ends their other sessions and unused sign-in links.
 * @throws HeedError wrong_password, password_too_short, address_taken, unknown_locale, permission_denied
 */
export async function changeMe(tx: Tx, change: OwnChange): Promise<void> {
  const { caller } = change;
  mustBeInPerson(caller);
  const before = await findUser(tx, caller.userId);
  const email = change.email === undefined ? before.email : userEmail(change.email);
  if (email !== before.email || change.password !== undefined) {
    await mustKnowPassword(tx, caller.userId, change.currentPassword);
  }
  await updateOwnProfile(tx, caller.userId, {
    name: change.name ?? before.name,
    locale: change.locale === undefined ? before.locale : knownLocale(change.locale),
  });
  if (email !== before.email) {
    if (!(await updateEmail(tx, caller.userId, email))) {
      throw new HeedError("address_taken", "Another user signs in with this email.");
    }
    await record(tx, {
      act: "user.email_changed",
      actor: actorOf(caller),
      subjectId: caller.userId,
    });
  }
  if (change.password !== undefined) {
    await updatePasswordHash(tx, caller.userId, await hashPassword(change.password));
    await deleteSessionsOf(tx, caller.userId, change.sessionId);
    await deleteUnusedLinksOf(tx, caller.userId);
    await record(tx, {
      act: "user.password_changed",
      actor: actorOf(caller),
      subjectId: caller.userId,
    });
  }
}

async function mustKnowPassword(
  tx: Tx,
  userId: string,
  current: string | undefined,
): Promise<void> {
  const hash = await selectPasswordHash(tx, userId);
  if (hash === null) return;
  if (current === undefined || !(await passwordFits(hash, current))) {
    throw new HeedError(
      "wrong_password",
      "Enter your current password to change your email or password.",
      {
        field: "current_password",
      },
    );
  }
}
