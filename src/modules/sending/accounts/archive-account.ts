import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { sinkBeside } from "./change-account.ts";
import { archiveAccountRow, findSink, lockAccounts, setDefault } from "./queries.ts";
import { requireAccount } from "./require-account.ts";

/**
 * Takes an account out of use: no campaign can choose it any more; those that
 * have begun with it finish with it. Its messages stay. The default falls to the sink.
 */
export async function archiveAccount(
  tx: Tx,
  request: { accountId: string; actor: Actor },
): Promise<void> {
  await lockAccounts(tx);
  const account = await requireAccount(tx, request.accountId);
  if (account.archived_at) return;
  if (account.provider === "sink" && !(await findSink(tx, account.channel, account.id))) {
    throw new HeedError("state_conflict", "This is the only sink; a workspace always keeps one.");
  }
  const heir = account.is_default ? await sinkBeside(tx, account) : null;
  await archiveAccountRow(tx, account.id);
  if (heir) await setDefault(tx, heir, account.channel);
  await record(tx, {
    act: "sending_account.archived",
    actor: request.actor,
    subjectId: account.id,
  });
}
