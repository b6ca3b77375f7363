import type { Database, Tx } from "../../kernel/database/index.ts";
import { happened } from "../../kernel/reactions.ts";
import type { StopReceipt, StopRow } from "../consent/index.ts";
import { cancelRefused, claimedOf } from "./claim-queries.ts";
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
  { stops, receipt }: { stops: readonly StopRow[]; receipt: Pick<StopReceipt, "cancelledMessages" | "underWay"> },
): Promise<void> {
  const subjects = stops.filter((stop) => stop.subject_type !== "domain").map((stop) => stop.subject);
  if (subjects.length === 0) return;
  receipt.cancelledMessages += await cancelCovered(tx, subjects, stops.length === 1 ? (stops[0]?.id ?? null) : null);
  tx.afterCommit(async () => {
    receipt.underWay.push(...(await waitForClaimed(tx.database, tx.workspaceId, subjects)));
  });
}

/** Cancels the queued messages of these contacts and keys that the gate refuses now. Returns how many. */
export async function cancelCovered(tx: Tx, subjects: readonly string[], stopId: string | null): Promise<number> {
  const cancelled = await cancelRefused(tx, subjects, stopId);
  if (cancelled.length > 0) await happened(tx, messagesCancelled, cancelled);
  return cancelled.length;
}

/** Waits until no message of these subjects is claimed, or for 2 s; returns those that still are. */
async function waitForClaimed(db: Database, workspaceId: string, subjects: readonly string[]) {
  const deadline = Date.now() + longestWait;
  for (;;) {
    const claimed = await db.inWorkspace(workspaceId, (tx) => claimedOf(tx, subjects));
    if (claimed.length === 0 || Date.now() >= deadline) return claimed;
    await new Promise((wake) => setTimeout(wake, pollEvery));
  }
}
