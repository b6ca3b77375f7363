import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { actorOf, record } from "../ledger/index.ts";
import { markKeyRevoked, selectApiKey } from "./credential-queries.ts";

/** Revokes a key: its next request is refused. Revoking it again changes nothing. @throws HeedError not_found */
export async function revokeApiKey(
  tx: Tx,
  revocation: { keyId: string; by: Caller },
): Promise<void> {
  if (!(await selectApiKey(tx, revocation.keyId))) {
    throw new HeedError("not_found", "There is no API key with this id.");
  }
  if (await markKeyRevoked(tx, revocation.keyId)) {
    await record(tx, {
      act: "api_key.revoked",
      actor: actorOf(revocation.by),
      subjectId: revocation.keyId,
    });
  }
}
