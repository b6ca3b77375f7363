import type { Tx } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { effectivePermissions } from "./rules.ts";
import { selectUser } from "./user-queries.ts";

/**
 * What a user, or a key of theirs, may do at this moment; null once they are
 * disabled. Long work asks again at each batch, so that a permission taken away
 * stops it there (invariant D3).
 */
export async function loadCaller(
  tx: Tx,
  who: { userId: string; apiKey?: { id: string; scopes: readonly string[] | null } },
): Promise<Caller | null> {
  const user = await selectUser(tx, who.userId);
  if (!user || user.disabled_at !== null) return null;
  return {
    workspaceId: tx.workspaceId,
    userId: user.id,
    apiKeyId: who.apiKey?.id ?? null,
    name: user.name,
    roleName: user.role_name,
    permissions: effectivePermissions(user.permissions, who.apiKey?.scopes ?? null),
    ownOnly: user.visibility === "own",
  };
}
