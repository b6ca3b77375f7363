import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { trippedAmong } from "./queries.ts";

const told = { hard_bounces: "too many hard bounces", complaints: "too many complaints" } as const;

/** Refuses to begin sending by accounts whose breaker has tripped. @throws HeedError account_tripped */
export async function refuseTripped(tx: Tx, accountIds: readonly string[]): Promise<void> {
  const [tripped] = await trippedAmong(tx, accountIds);
  if (!tripped) return;
  throw new HeedError(
    "account_tripped",
    `The sending account ${tripped.name} is stopped: ${told[tripped.because]}. Take out the addresses that cause them, have the breaker reset under Settings, Sending accounts, and try again.`,
    { account_id: tripped.account_id, because: tripped.because },
  );
}
