import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { actorOf, record, system } from "../ledger/index.ts";
import { codeFits, wrongCode } from "./check-code.ts";
import { findUser } from "./find-user.ts";
import { mayGrant, mustBeInPerson } from "./grants.ts";
import { clearSecondFactor } from "./user-queries.ts";

/** A user removes their own second factor, with a code of it. @throws HeedError wrong_code */
export async function removeMySecondFactor(
  tx: Tx,
  removal: { caller: Caller; code: string; now: Date },
): Promise<void> {
  mustBeInPerson(removal.caller);
  if (!(await codeFits(tx, removal.caller.userId, removal.code, removal.now))) throw wrongCode();
  await remove(tx, removal.caller.userId, removal.caller);
}

/**
 * Removes the second factor of somebody who lost their phone. `by: null` is the
 * operator at the terminal. One's own needs its code, or another administrator.
 * @throws HeedError not_found, permission_denied
 */
export async function removeSecondFactor(
  tx: Tx,
  removal: { userId: string; by: Caller | null },
): Promise<void> {
  const user = await findUser(tx, removal.userId);
  if (removal.by) {
    mayGrant(removal.by, user);
    if (removal.by.userId === user.id) {
      throw new HeedError(
        "permission_denied",
        "Remove your own second factor under your profile, with a code.",
      );
    }
  }
  await remove(tx, user.id, removal.by);
}

async function remove(tx: Tx, userId: string, by: Caller | null): Promise<void> {
  await clearSecondFactor(tx, userId);
  await record(tx, {
    act: "user.second_factor_removed",
    actor: by ? actorOf(by) : system,
    subjectId: userId,
  });
}
