import type { Database } from "../../../kernel/database/index.ts";
import { type HookAccount, hookAccount } from "../../sending/index.ts";

/** Thousands of webhooks a second ask for the same few accounts. Changed settings count after this (ms). */
const keptFor = 1_000;
const mostKept = 1_000;

interface Kept {
  account: Promise<HookAccount | undefined>;
  until: number;
}

const keptBy = new WeakMap<Database, Map<string, Kept>>();

/** The account that a webhook's key names, or undefined. */
export function accountByKey(db: Database, key: string): Promise<HookAccount | undefined> {
  let kept = keptBy.get(db);
  if (!kept) {
    kept = new Map();
    keptBy.set(db, kept);
  }
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.account;
  const account = hookAccount(db, key);
  kept.delete(key);
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value as string);
  kept.set(key, { account, until: Date.now() + keptFor });
  account.catch(() => kept.delete(key));
  return account;
}
