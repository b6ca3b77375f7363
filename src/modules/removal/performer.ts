import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { holdCaller, type Permission } from "../access/index.ts";
import type { Viewer } from "../contacts/index.ts";
import { type Actor, actorOf, operator } from "../ledger/index.ts";

/** Who asked for long work, as its job keeps it. No user is the operator at the server's terminal. */
export interface Performer {
  userId: string | null;
  apiKeyId: string | null;
}

export interface Performing {
  viewer: Viewer;
  actor: Actor;
}

export function performerOf(caller: Caller): Performer {
  return { userId: caller.userId, apiKeyId: caller.apiKeyId };
}

/** The operator sees everything. */
export const operatorViewer: Viewer = { userId: "", ownOnly: false };

/**
 * Who acts in this batch, held so that their permission stands until it commits (D3). Throws
 * `permission_revoked` when it was taken away since they asked.
 */
export async function holdPerformer(
  tx: Tx,
  who: Performer,
  permission: Permission,
): Promise<Performing> {
  if (who.userId === null) return { viewer: operatorViewer, actor: operator };
  const caller = await holdCaller(tx, { userId: who.userId, apiKeyId: who.apiKeyId });
  if (!caller?.permissions.has(permission)) {
    throw new HeedError(
      "permission_revoked",
      `Whoever asked for this no longer has the permission ${permission}, so it stopped. What was done before stands; the rest was not touched.`,
      { permission },
    );
  }
  return { viewer: caller, actor: actorOf(caller) };
}
