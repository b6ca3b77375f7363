import type {
  BounceClass,
  DeliveryEvent,
  HookReader,
} from "../../modules/inbound/events/contract.ts";
import {
  bounceOf,
  headerOf,
  idOf,
  type Json,
  object,
  ownIdIn,
  sameText,
  statusIn,
  text,
  timeOf,
} from "../webhooks.ts";

/**
 * Postmark signs nothing: it is known by the password in the webhook's address (basic
 * authentication) or in a header of its own.
 * https://postmarkapp.com/developer/webhooks/webhooks-overview#protecting-your-webhook
 */
export const postmarkHook: HookReader = {
  async verify(request, settings) {
    if (!settings.secret) return "not_set_up";
    const given =
      passwordOf(headerOf(request, "authorization")) ?? headerOf(request, "x-heed-secret");
    return given !== null && sameText(given, settings.secret) ? null : "signature";
  },
  read({ body, now }) {
    const event = eventOf(object(JSON.parse(body.toString("utf8"))), now);
    return { events: event ? [event] : [], texts: [] };
  },
};

function passwordOf(authorization: string | null): string | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return null;
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  return pair.includes(":") ? pair.slice(pair.indexOf(":") + 1) : null;
}

/** Types that no other kind of event fits: vacation notices, challenges, new addresses. */
const nothingFailed =
  /^(AutoResponder|AddressChange|ChallengeVerification|Subscribe|OpenRelayTest|TestBounce)$/;

function eventOf(event: Json, now: Date): DeliveryEvent | null {
  const type = text(event.RecordType);
  const at = timeOf(
    event.DeliveredAt || event.BouncedAt || event.ReceivedAt || event.ChangedAt,
    now,
  );
  const address = text(event.Recipient || event.Email) || null;
  const common = {
    id: idOf(type, event.ID ?? event.MessageID, address, at),
    channel: "email" as const,
    bounce: null,
    at,
    address,
    messageId: ownIdIn(object(event.Metadata)["heed-message"]),
    providerId: text(event.MessageID) || null,
    code: "",
    reason: text(event.Description || event.Details),
  };
  switch (type) {
    case "Delivery":
      return { ...common, kind: "delivered" };
    case "SpamComplaint":
      return { ...common, kind: "complained", code: "SpamComplaint" };
    case "Open":
      return { ...common, kind: "opened" };
    case "Click":
      return { ...common, kind: "clicked" };
    case "SubscriptionChange":
      return event.SuppressSending === true
        ? suppressed(common, text(event.SuppressionReason))
        : null;
    case "Bounce":
      return bounced(common, event);
    default:
      return null;
  }
}

type Common = Omit<DeliveryEvent, "kind">;

function suppressed(common: Common, reason: string): DeliveryEvent {
  if (reason === "HardBounce") return { ...common, kind: "bounced", bounce: "hard", code: reason };
  if (reason === "SpamComplaint") return { ...common, kind: "complained", code: reason };
  return { ...common, kind: "unsubscribed", code: reason };
}

/** https://postmarkapp.com/developer/api/bounce-api#bounce-types */
function bounced(common: Common, event: Json): DeliveryEvent | null {
  const called = text(event.Type);
  if (nothingFailed.test(called)) return null;
  if (called === "SpamComplaint") return { ...common, kind: "complained", code: called };
  if (called === "Unsubscribe") return { ...common, kind: "unsubscribed", code: called };
  const status = statusIn(text(event.Details));
  return {
    ...common,
    kind: "bounced",
    bounce: bounceOf(status, classes[called] ?? "policy"),
    code: status || called,
  };
}

const classes: Readonly<Record<string, BounceClass>> = {
  HardBounce: "hard",
  BadEmailAddress: "hard",
  SoftBounce: "soft",
  Transient: "soft",
  DnsError: "soft",
  InboundError: "soft",
};
