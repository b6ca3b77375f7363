import type { Tx } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { holdKey, holdUserAndRole } from "./hold-queries.ts";
import { loadCaller } from "./load-caller.ts";

/**
 * What a user, or a key of theirs, may do, held until the transaction ends: nobody takes the role,
 * a permission of it or the key away before this commits, so whoever acted held the permission when
 * it committed (invariant D3). Null once the user is disabled or the key revoked.
 */
export async function holdCaller(
  tx: Tx,
  who: { userId: string; apiKeyId: string | null },
): Promise<Caller | null> {
  if (!(await holdUserAndRole(tx, who.userId))) return null;
  if (who.apiKeyId === null) return loadCaller(tx, { userId: who.userId });
  const scopes = await holdKey(tx, who.apiKeyId);
  if (scopes === undefined) return null;
  return loadCaller(tx, { userId: who.userId, apiKey: { id: who.apiKeyId, scopes } });
}
