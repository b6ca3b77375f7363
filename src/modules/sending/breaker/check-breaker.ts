import type { Database, Tx } from "../../../kernel/database/index.ts";
import { messageOf } from "../../../kernel/errors.ts";
import { happened } from "../../../kernel/reactions.ts";
import { workspacePolicy } from "../../access/index.ts";
import { record, system } from "../../ledger/index.ts";
import { accountTripped } from "../happenings.ts";
import { type BreakerRow, lockBreaker, markTripped, selectBreakers } from "./queries.ts";
import { tripReason } from "./rules.ts";

/**
 * Trips the breakers of those accounts whose figures ask for it. The facts are
 * counted already, so an error here is logged, and the next bounce checks again.
 */
export async function checkBreakers(
  db: Database,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<void> {
  for (const accountId of accountIds) {
    await db
      .inWorkspace(workspaceId, (tx) => checkBreaker(tx, accountId))
      .catch((error) =>
        db.log.error(
          { err: messageOf(error), account: accountId },
          "an account's breaker could not be checked; its next bounce or complaint checks it",
        ),
      );
  }
}

async function checkBreaker(tx: Tx, accountId: string): Promise<void> {
  const { days, ...limits } = (await workspacePolicy(tx)).breaker;
  const reason = (row: BreakerRow | undefined) =>
    !row || row.tripped_at ? null : tripReason(row, limits);
  const look = async () => (await selectBreakers(tx, [accountId], days))[0];
  if (!reason(await look())) return;
  await lockBreaker(tx, accountId);
  const row = await look(); // somebody may have tripped or reset it meanwhile
  const because = reason(row);
  if (!row || !because) return;
  const { accepted, refused, hard_bounces, complaints } = row;
  const detail = { because, days, accepted, refused, hard_bounces, complaints };
  await markTripped(tx, accountId, because);
  await record(tx, {
    act: "sending_account.tripped",
    actor: system,
    subjectId: accountId,
    detail,
  });
  await happened(tx, accountTripped, { accountId, because });
  tx.afterCommit(async () =>
    tx.log.warn(
      { workspace: tx.workspaceId, account: accountId, ...detail },
      "the breaker of a sending account tripped: its campaigns are paused",
    ),
  );
}
