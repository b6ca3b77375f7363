import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { newId } from "../../kernel/ids.ts";
import { actorOf, record } from "../ledger/index.ts";
import { type ApiKey, insertApiKey, selectApiKey } from "./credential-queries.ts";
import { mayGrant } from "./grants.ts";
import type { Permission } from "./permissions.ts";
import { keyPrefix, newApiKey, tokenHash } from "./tokens.ts";

/**
 * Makes a key that acts as its maker, within `scopes` (null: all that its maker
 * may do, now and later). The key itself is answered here and never again.
 * @throws HeedError permission_denied for a scope that the maker does not have
 */
export async function makeApiKey(
  tx: Tx,
  key: { name: string; scopes: readonly Permission[] | null; by: Caller },
): Promise<ApiKey & { key: string }> {
  mayGrant(key.by, { permissions: key.scopes ?? [] });
  // A key that makes a key gives it no more than it has itself.
  const scopes = key.scopes ?? (key.by.apiKeyId === null ? null : [...key.by.permissions]);
  const secret = newApiKey();
  const id = newId();
  await insertApiKey(tx, {
    id,
    userId: key.by.userId,
    name: key.name,
    prefix: keyPrefix(secret),
    hash: tokenHash(secret),
    scopes: scopes && [...new Set(scopes)],
  });
  await record(tx, {
    act: "api_key.created",
    actor: actorOf(key.by),
    subjectId: id,
    detail: { user_id: key.by.userId, scopes },
  });
  const made = await selectApiKey(tx, id);
  if (!made) throw new HeedError("not_found", "The new key is not there.");
  return { ...made, key: secret };
}
