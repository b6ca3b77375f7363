import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { newId, newToken } from "../../kernel/ids.ts";
import { actorOf, record, system } from "../ledger/index.ts";
import { insertSignInLink } from "./credential-queries.ts";
import { findUser } from "./find-user.ts";
import { mayGrant } from "./grants.ts";
import { tokenHash } from "./tokens.ts";

export interface SignInLink {
  /** What the page behind the link sends to POST /sessions/link; works once. */
  token: string;
  expiresAt: Date;
}

/**
 * Makes a one-time sign-in link for a user. `by: null` is the operator at the
 * terminal. A caller makes one only for who may do no more than they do.
 * @throws HeedError not_found, state_conflict (disabled), permission_denied
 */
export async function createSignInLink(
  tx: Tx,
  link: { userId: string; minutes?: number; by: Caller | null },
): Promise<SignInLink> {
  const user = await findUser(tx, link.userId);
  if (link.by) mayGrant(link.by, user);
  if (user.disabled_at !== null) {
    throw new HeedError(
      "state_conflict",
      "This user is disabled. Enable them before making a sign-in link.",
    );
  }
  const token = newToken();
  const expiresAt = new Date(Date.now() + (link.minutes ?? 60) * 60_000);
  const id = newId();
  await insertSignInLink(tx, { id, userId: user.id, hash: tokenHash(token), expiresAt });
  await record(tx, {
    act: "sign_in_link.made",
    actor: link.by ? actorOf(link.by) : system,
    subjectId: user.id,
    detail: { sign_in_link_id: id },
  });
  return { token, expiresAt };
}
