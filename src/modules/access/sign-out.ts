import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { actorOf, record } from "../ledger/index.ts";
import { deleteSession, findSession } from "./credential-queries.ts";
import { tokenHash } from "./tokens.ts";

/** Ends the session that asks. @throws HeedError state_conflict for an API key, which has none */
export async function signOut(
  tx: Tx,
  end: { caller: Caller; token: string | undefined },
): Promise<void> {
  const session =
    end.caller.apiKeyId === null && end.token
      ? await findSession(tx, tokenHash(end.token))
      : undefined;
  if (!session) {
    throw new HeedError(
      "state_conflict",
      "There is no session to end. Revoke an API key with DELETE /api-keys/{id}.",
    );
  }
  await deleteSession(tx, session.id);
  await record(tx, { act: "session.ended", actor: actorOf(end.caller), subjectId: session.id });
}
