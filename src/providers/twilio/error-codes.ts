import type { BounceClass, DeliveryEvent } from "../../modules/inbound/events/contract.ts";

/**
 * What Twilio's codes say of the number. 21610: the person texted STOP.
 * https://www.twilio.com/docs/api/errors
 */
const classes: Readonly<Record<string, BounceClass>> = {
  "21211": "hard", // invalid "To"
  "21614": "hard", // no mobile number
  "30003": "soft", // handset out of reach
  "30004": "soft", // blocked by the carrier or the person's contract
  "30005": "hard", // no such handset
  "30006": "hard", // landline
  "30008": "soft", // unknown
  "63003": "hard", // WhatsApp: no such user
  "63024": "hard", // WhatsApp: invalid recipient
};

export const optedOut = "21610";

/** The kind of event that a failure with this code is; any other code is about the sender or the content. */
export function meaningOf(code: string): Pick<DeliveryEvent, "kind" | "bounce"> {
  if (code === optedOut) return { kind: "unsubscribed", bounce: null };
  const bounce = Object.hasOwn(classes, code) ? classes[code] : undefined;
  return bounce ? { kind: "bounced", bounce } : { kind: "failed", bounce: null };
}
