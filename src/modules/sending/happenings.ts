import { happening } from "../../kernel/reactions.ts";
import type { TripReason } from "./breaker/rules.ts";
import type { MessageRef } from "./message.ts";
import type { ReportedFact } from "./rules.ts";

/** A provider accepted these messages. */
export const messagesAccepted = happening<readonly MessageRef[]>("messages accepted");

/** The gate refused these, or a stop took them from the queue; `refusals` are the gate's bits. */
export const messagesCancelled =
  happening<readonly (MessageRef & { refusals: number })[]>("messages cancelled");

/** A provider refused these for good, or every try failed. `hard` says that the mailbox does not exist. */
export const messagesFailed =
  happening<readonly (MessageRef & { code: string; hard: boolean })[]>("messages failed");

/** Perhaps accepted, perhaps not; never sent again by themselves (S13). */
export const messagesUnknown = happening<readonly MessageRef[]>("messages unknown");

/** A try failed for the moment and will be repeated. */
export const messagesDelayed =
  happening<readonly (MessageRef & { code: string; aboutAddress: boolean })[]>("messages delayed");

/** Something was learned of messages that went out: `from` and `to` are their states. */
export const messagesReported =
  happening<readonly (MessageRef & { from: string; to: ReportedFact })[]>("messages reported");

/** Too many messages of this account came back or were complained of: nothing more is to begin by it until somebody resets it. */
export const accountTripped = happening<{ accountId: string; because: TripReason }>(
  "account tripped",
);
