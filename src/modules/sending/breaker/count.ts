import type { Tx } from "../../../kernel/database/index.ts";
import { checkBreakers } from "./check-breaker.ts";
import { addToDays, type Counted } from "./queries.ts";

/**
 * Counts what messages of accounts met, in the transaction of the fact. Call it
 * when everything else is done: whoever holds these counters must not wait for
 * anything that another adder may hold. Bounces and complaints check the breaker
 * after the commit, where all of them are seen.
 */
export async function countForBreaker(tx: Tx, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return;
  await addToDays(tx, counted);
  const bad = counted.filter((each) => each.what !== "accepted").map((each) => each.account_id);
  if (bad.length === 0) return;
  const { database, workspaceId } = tx;
  tx.afterCommit(() => checkBreakers(database, workspaceId, [...new Set(bad)]));
}
