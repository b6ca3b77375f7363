import type { Database, Tx } from "../../kernel/database/index.ts";
import { happened } from "../../kernel/reactions.ts";
import type { StopReceipt, StopRow } from "../consent/index.ts";
import { type Channel, readAddresses } from "../contacts/index.ts";
import { cancelRefused, claimedOf, claimedToAddresses, stillClaimed } from "./claim-queries.ts";
import { messagesCancelled } from "./happenings.ts";

/** How long an acknowledgement waits for messages already claimed (S2), in ms. */
const longestWait = 2_000;
const pollEvery = 4;

/**
 * What sending owes a stop, in the stop's transaction: queued messages that it
 * covers are cancelled. After the commit it waits until those claimed before
 * have finished, at most 2 s, and names the rest in the receipt. Messages under
 * a stopped domain are cancelled as their turn comes: the gate refuses them.
 */
export async function stopMessages(
  tx: Tx,
  {
    stops,
    holders,
    receipt,
  }: {
    stops: readonly StopRow[];
    holders: readonly string[];
    receipt: Pick<StopReceipt, "cancelledMessages" | "underWay">;
  },
): Promise<void> {
  const named = (domains: boolean) =>
    stops
      .filter((stop) => (stop.subject_type === "domain") === domains)
      .map((stop) => stop.subject);
  const subjects = [...named(false), ...holders];
  const domains = new Set(named(true));
  if (subjects.length > 0) {
    receipt.cancelledMessages += await cancelCovered(
      tx,
      subjects,
      stops.length === 1 ? (stops[0]?.id ?? null) : null,
    );
  }
  tx.afterCommit(async () => {
    receipt.underWay.push(
      ...(await waitForClaimed(tx.database, tx.workspaceId, subjects, domains)),
    );
  });
}

/** Cancels the queued messages of these contacts and keys that the gate refuses now. Returns how many. */
export async function cancelCovered(
  tx: Tx,
  subjects: readonly string[],
  stopId: string | null,
): Promise<number> {
  const cancelled = await cancelRefused(tx, subjects, stopId);
  if (cancelled.length > 0) await happened(tx, messagesCancelled, cancelled);
  return cancelled.length;
}

/** Waits until none of the messages claimed before the stop is claimed any more, or for 2 s; returns those that still are. */
async function waitForClaimed(
  db: Database,
  workspaceId: string,
  subjects: readonly string[],
  domains: ReadonlySet<string>,
) {
  const deadline = Date.now() + longestWait;
  let claimed = await db.inWorkspace(workspaceId, async (tx) => [
    ...(subjects.length > 0 ? await claimedOf(tx, subjects) : []),
    ...(domains.size > 0
      ? (await claimedToAddresses(tx)).filter((each) => isUnder(tx, each, domains))
      : []),
  ]);
  while (claimed.length > 0 && Date.now() < deadline) {
    await new Promise((wake) => setTimeout(wake, pollEvery));
    claimed = await db.inWorkspace(workspaceId, (tx) =>
      stillClaimed(
        tx,
        claimed.map((each) => each.message_id),
      ),
    );
  }
  return claimed;
}

/** By the address it goes to, whatever its contact's address is by now. */
function isUnder(
  tx: Tx,
  message: { channel: Channel; address: string },
  domains: ReadonlySet<string>,
): boolean {
  if (message.channel !== "email") return false;
  const keys = readAddresses(tx.secrets, [{ channel: "email", value: message.address }]);
  return [keys.email_domain_key, keys.email_root_key].some(
    (key) => key !== null && domains.has(key),
  );
}
