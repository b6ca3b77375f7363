import type { Database, Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import { record, system } from "../ledger/index.ts";
import { createSignInLink, type SignInLink } from "./create-sign-in-link.ts";
import { createUser } from "./create-user.ts";
import { fillWorkspace } from "./create-workspace.ts";
import { insertApiKey } from "./credential-queries.ts";
import { lockBootstrap } from "./queries.ts";
import { administrator } from "./roles.ts";
import { keyPrefix, tokenHash } from "./tokens.ts";
import { anyUserExists } from "./user-queries.ts";

/** The address of the first administrator until they give their own. */
export const firstEmail = "admin@localhost";

export interface Beginning {
  workspaceId: string;
  userId: string;
  /** For the first administrator; valid for 24 hours. */
  link: SignInLink;
}

/**
 * On a database without users: a workspace, its first administrator and, when
 * given, their API key. Null when somebody is there already. Several processes
 * may start at once: one of them does it.
 */
export function bootstrap(
  db: Database,
  options: { bootstrapKey: string | null; log: Log; furnish?: (tx: Tx) => Promise<void> },
): Promise<Beginning | null> {
  return db.asSystem(async (lock) => {
    await lockBootstrap(lock);
    if (await anyUserExists(lock)) return null;
    const workspaceId = newId();
    const beginning = await db.inWorkspace(workspaceId, async (tx) => {
      await fillWorkspace(tx, { name: "My workspace", timeZone: "UTC", furnish: options.furnish });
      const user = await createUser(tx, {
        email: firstEmail,
        name: administrator,
        role: { name: administrator },
        by: null,
      });
      if (options.bootstrapKey !== null)
        await insertBootstrapKey(tx, user.id, options.bootstrapKey);
      const link = await createSignInLink(tx, { userId: user.id, minutes: 24 * 60, by: null });
      return { workspaceId, userId: user.id, link };
    });
    options.log.info(
      { workspace_id: workspaceId },
      "made the first workspace and its administrator",
    );
    return beginning;
  });
}

async function insertBootstrapKey(tx: Tx, userId: string, key: string): Promise<void> {
  const id = newId();
  await insertApiKey(tx, {
    id,
    userId,
    name: "HEED_BOOTSTRAP_KEY",
    prefix: keyPrefix(key),
    hash: tokenHash(key),
    scopes: null,
  });
  await record(tx, {
    act: "api_key.created",
    actor: system,
    subjectId: id,
    detail: { user_id: userId },
  });
}
