import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { Caller } from "../../../kernel/http/index.ts";
import type { Job } from "../../../kernel/jobs/index.ts";
import { allPermissions, holdCaller, type Permission } from "../../access/index.ts";
import { type Actor, actorOf, operator } from "../../ledger/index.ts";
import type { Viewer } from "../visibility.ts";

/** Who asked for a job, as its payload keeps them; null is whoever runs commands on the server. */
export type Asker = {
  user_id: string;
  api_key_id: string | null;
  /** Whether they saw only their own contacts when they asked. */
  own_only: boolean;
} | null;

export function askerOf(caller: Caller | null): Asker {
  return (
    caller && { user_id: caller.userId, api_key_id: caller.apiKeyId, own_only: caller.ownOnly }
  );
}

/** Who acts, with what they may do at this moment. */
export interface Holder {
  userId: string | null;
  viewer: Viewer;
  actor: Actor;
  permissions: ReadonlySet<string>;
}

const nobody = "00000000-0000-0000-0000-000000000000";

export function holderOf(caller: Caller | null): Holder {
  if (caller === null) {
    return {
      userId: null,
      viewer: { userId: nobody, ownOnly: false },
      actor: operator,
      permissions: new Set(allPermissions),
    };
  }
  return {
    userId: caller.userId,
    viewer: { userId: caller.userId, ownOnly: caller.ownOnly },
    actor: actorOf(caller),
    permissions: caller.permissions,
  };
}

/**
 * Asks again, in a batch's own transaction, whether who asked may still do it, and holds that until
 * the batch commits (D3).
 * @throws HeedError permission_revoked, saying how much was done
 */
export async function holdPermission(
  tx: Tx,
  asker: Asker,
  permission: Permission,
  job: Pick<Job, "done" | "total">,
): Promise<Holder> {
  if (asker === null) return holderOf(null);
  const caller = await holdCaller(tx, { userId: asker.user_id, apiKeyId: asker.api_key_id });
  if (caller?.permissions.has(permission)) return holderOf(caller);
  const why = caller
    ? `Whoever asked for this may no longer do it: the permission ${permission} was taken away`
    : "Whoever asked for this was disabled, or their key was revoked";
  throw new HeedError(
    "permission_revoked",
    `${why}. ${job.done} of ${job.total ?? "all"} were done before and stand; the rest was not touched.`,
    { permission },
  );
}
