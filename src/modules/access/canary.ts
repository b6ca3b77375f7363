import type { Pool } from "pg";
import type { Database } from "../../kernel/database/index.ts";
import { wrongSecret } from "../../kernel/secrets.ts";
import { canaryIsThere, rememberCanary } from "./queries.ts";

/**
 * Whether this database was made with a secret already. Ask before loading
 * secrets: only a database without one may be given a new secret.
 */
export function hasCanary(pool: Pick<Pool, "query">): Promise<boolean> {
  return canaryIsThere(pool);
}

/**
 * Leaves the secret's mark in a new database; refuses another secret than the
 * one the database was made with, under which no stop would be recognised.
 * @throws HeedError secret_wrong
 */
export async function checkCanary(db: Database): Promise<void> {
  const canary = db.secrets.canary();
  if ((await db.asSystem((tx) => rememberCanary(tx, canary))) !== canary) throw wrongSecret();
}
