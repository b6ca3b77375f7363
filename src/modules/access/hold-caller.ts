import type { Tx } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { heldKey } from "./credential-queries.ts";
import { loadCaller } from "./load-caller.ts";
import { holdUserAndRole } from "./user-queries.ts";

/**
 * What somebody may do, held until the transaction ends: taking the permission away waits for it,
 * or came first and is seen. Null once the user is disabled or the key revoked (invariant D3).
 */
export async function holdCaller(
  tx: Tx,
  who: { userId: string; apiKeyId: string | null },
): Promise<Caller | null> {
  await holdUserAndRole(tx, who.userId);
  const key = who.apiKeyId === null ? undefined : await heldKey(tx, who.apiKeyId);
  if (key === null) return null;
  return loadCaller(tx, { userId: who.userId, ...(key ? { apiKey: key } : {}) });
}
