import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { type AccountRow, findAccount } from "./queries.ts";

/** @throws HeedError not_found */
export async function requireAccount(tx: Tx, accountId: string): Promise<AccountRow> {
  const account = await findAccount(tx, accountId);
  if (!account) throw new HeedError("not_found", "There is no such sending account.");
  return account;
}
