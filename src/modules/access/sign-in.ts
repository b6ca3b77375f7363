import type { Database } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { record, system } from "../ledger/index.ts";
import { codeFits, codeNeeded, wrongCode } from "./check-code.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { passwordFits } from "./password.ts";
import { userEmail } from "./rules.ts";
import type { TryLimit } from "./try-limit.ts";
import { findByEmailEverywhere, lockUser, type SignInCandidate } from "./user-queries.ts";

export interface SignIn {
  email: string;
  password: string;
  totp?: string | undefined;
  ip: string;
  now: Date;
}

/** How often sign-in may be tried: by email and address, and by email from wherever. */
export interface SignInLimits {
  byEmailAndIp: TryLimit;
  byEmail: TryLimit;
}

/**
 * Signs in by email, password and, where it is set, the second factor. An
 * unknown email, a wrong password and a disabled user look and last the same.
 * @throws HeedError sign_in_failed, second_factor_needed, too_many_requests
 */
export async function signIn(
  db: Database,
  attempt: SignIn,
  limits: SignInLimits,
): Promise<OpenedSession> {
  const email = userEmail(attempt.email);
  const place = `${email}\n${attempt.ip}`;
  // Counted before it is checked, so that tries at the same time count too.
  limits.byEmailAndIp.count(place, attempt.now.getTime());
  limits.byEmail.count(email, attempt.now.getTime());
  const candidates = await db.asSystem((tx) => findByEmailEverywhere(tx, email));
  const who = await whosePassword(candidates, attempt.password);
  if (!who) {
    for (const each of candidates) await recordRefusal(db, each, "password");
    throw new HeedError(
      "sign_in_failed",
      "Email or password is wrong, or the account is disabled. Ask an administrator for a sign-in link if you have forgotten the password.",
    );
  }
  const session = await db.inWorkspace(who.workspace_id, async (tx) => {
    const user = await lockUser(tx, who.id);
    if (!user || user.disabled_at !== null) return "refused";
    if (user.has_totp) {
      if (attempt.totp === undefined) throw codeNeeded();
      if (!(await codeFits(tx, user.id, attempt.totp, attempt.now))) return "refused";
    }
    return openSession(tx, { userId: user.id, by: "password", now: attempt.now });
  });
  if (session === "refused") {
    await recordRefusal(db, who, "second_factor");
    throw wrongCode("sign_in_failed");
  }
  limits.byEmailAndIp.forget(place);
  limits.byEmail.forget(email);
  return session;
}

/** One email may be a user of several workspaces: the first whose password it is. */
async function whosePassword(
  candidates: readonly SignInCandidate[],
  password: string,
): Promise<SignInCandidate | undefined> {
  if (candidates.length === 0) await passwordFits(null, password);
  let found: SignInCandidate | undefined;
  for (const each of candidates) {
    const fits = await passwordFits(each.password_hash, password);
    if (fits && !each.disabled) found ??= each;
  }
  return found;
}

async function recordRefusal(
  db: Database,
  who: { workspace_id: string; id: string },
  because: "password" | "second_factor",
): Promise<void> {
  await db.inWorkspace(who.workspace_id, (tx) =>
    record(tx, { act: "session.refused", actor: system, subjectId: who.id, detail: { because } }),
  );
}
