import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { requireAccount } from "../accounts/require-account.ts";
import { clearBreaker, lockBreaker, trippedAmong } from "./queries.ts";

/**
 * Clears an account's breaker; counting begins again from this moment. Its
 * campaigns stay paused until somebody resumes them.
 * @throws HeedError not_found, state_conflict (it has not tripped)
 */
export async function resetBreaker(
  tx: Tx,
  request: { accountId: string; actor: Actor },
): Promise<void> {
  await requireAccount(tx, request.accountId);
  await lockBreaker(tx, request.accountId);
  const [tripped] = await trippedAmong(tx, [request.accountId]);
  if (!tripped) {
    throw new HeedError(
      "state_conflict",
      "This account's breaker has not tripped; there is nothing to reset.",
    );
  }
  await clearBreaker(tx, request.accountId);
  await record(tx, {
    act: "sending_account.breaker_reset",
    actor: request.actor,
    subjectId: request.accountId,
    detail: { tripped_because: tripped.because },
  });
}
