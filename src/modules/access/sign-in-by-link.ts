import type { Database } from "../../kernel/database/index.ts";
import { HeedError, isHeedError } from "../../kernel/errors.ts";
import { record, system } from "../ledger/index.ts";
import { codeFits, codeNeeded, wrongCode } from "./check-code.ts";
import { findSignInLink, useUpSignInLink } from "./credential-queries.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { tokenHash } from "./tokens.ts";
import type { TryLimit } from "./try-limit.ts";
import { lockUser } from "./user-queries.ts";

/**
 * Signs in by a one-time link, which is used up by that. It stands for the
 * password alone: where a second factor is set, its code is needed too.
 * @throws HeedError sign_in_failed, second_factor_needed, too_many_requests
 */
export async function signInByLink(
  db: Database,
  attempt: { token: string; totp?: string | undefined; now: Date },
  limit: TryLimit,
): Promise<OpenedSession> {
  const link = await db.asSystem((tx) => findSignInLink(tx, tokenHash(attempt.token)));
  if (!link) throw usedUp();
  limit.count(link.id, attempt.now.getTime());
  const session = await db
    .inWorkspace(link.workspace_id, async (tx) => {
      const user = await lockUser(tx, link.user_id);
      // Used up first; a wrong or missing code rolls this back, so that a typing error costs no link.
      if (!(await useUpSignInLink(tx, link.id)) || !user || user.disabled_at !== null)
        throw usedUp();
      if (user.has_totp) {
        if (attempt.totp === undefined) throw codeNeeded();
        if (!(await codeFits(tx, user.id, attempt.totp, attempt.now)))
          throw wrongCode("sign_in_failed");
      }
      return openSession(tx, { userId: user.id, by: "link", now: attempt.now });
    })
    .catch(async (error: unknown) => {
      if (isHeedError(error) && error.code === "sign_in_failed") {
        await db.inWorkspace(link.workspace_id, (tx) =>
          record(tx, {
            act: "session.refused",
            actor: system,
            subjectId: link.user_id,
            detail: { because: "link" },
          }),
        );
      }
      throw error;
    });
  limit.forget(link.id);
  return session;
}

function usedUp(): HeedError {
  return new HeedError(
    "sign_in_failed",
    "This sign-in link has expired or was used before; each works once. Ask an administrator for a new one, or make one at the terminal.",
  );
}
