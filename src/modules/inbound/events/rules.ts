import type { StopCause, StopKind } from "../../consent/index.ts";
import type { ReportedFact } from "../../sending/index.ts";
import type { DeliveryEvent } from "./contract.ts";

type Told = Pick<DeliveryEvent, "kind" | "bounce" | "channel">;

/** The stop that an event means, or null. Only what the address or its person said stops anybody (product.md). */
export function stopOf(event: Told): { kind: StopKind; cause: StopCause } | null {
  if (event.kind === "complained") return { kind: "suppression", cause: "complaint" };
  if (event.kind === "bounced" && event.bounce === "hard")
    return { kind: "suppression", cause: "hard_bounce" };
  if (event.kind === "unsubscribed") {
    // Of a mail by the provider's own link; of a text by answering STOP to it.
    return { kind: "unsubscribe", cause: event.channel === "email" ? "link" : "reply" };
  }
  return null;
}

/** What an event means for its message, or null. A provider that dropped it has refused it like a bounce. */
export function factOf(event: Told): ReportedFact | null {
  switch (event.kind) {
    case "delivered":
    case "complained":
    case "bounced":
      return event.kind;
    case "failed":
      return "bounced";
    // Who opens, clicks or unsubscribes has received it.
    case "opened":
    case "clicked":
    case "unsubscribed":
      return event.channel === "email" ? "delivered" : null;
    default:
      return null;
  }
}
