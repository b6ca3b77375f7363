import { createPublicKey, createVerify, type KeyObject } from "node:crypto";
import type {
  BounceClass,
  DeliveryEvent,
  DeliveryKind,
  HookReader,
} from "../../modules/inbound/events/contract.ts";
import {
  bounceOf,
  headerOf,
  idOf,
  isTimely,
  type Json,
  object,
  ownIdIn,
  statusIn,
  text,
  timeOf,
} from "../webhooks.ts";

/** SendGrid repeats a webhook for up to 24 hours. */
const oldest = 25 * 3_600_000;

/**
 * The signed event webhook: ECDSA P-256 with SHA-256 over the timestamp and the raw body.
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export const sendgridHook: HookReader = {
  async verify(request, settings) {
    if (!settings.verificationKey) return "not_set_up";
    const key = publicKey(settings.verificationKey);
    if (!key) return "not_set_up";
    const signature = headerOf(request, "x-twilio-email-event-webhook-signature");
    const timestamp = headerOf(request, "x-twilio-email-event-webhook-timestamp");
    if (!signature || !timestamp || !isSigned(key, { signature, timestamp, body: request.body }))
      return "signature";
    return isTimely(Number(timestamp) * 1000, request.now, oldest) ? null : "stale";
  },
  read({ body, now }) {
    const events: unknown = JSON.parse(body.toString("utf8"));
    if (!Array.isArray(events)) throw new Error("no list of events");
    return { events: events.flatMap((each) => eventOf(object(each), now) ?? []), texts: [] };
  },
};

export function isSigned(
  key: KeyObject,
  signed: { signature: string; timestamp: string; body: Buffer },
): boolean {
  return createVerify("SHA256")
    .update(signed.timestamp)
    .update(signed.body)
    .verify(key, Buffer.from(signed.signature, "base64"));
}

/** The key as SendGrid shows it: base64 of its SPKI, or PEM. Null when it is none on P-256. */
export function publicKey(given: string): KeyObject | null {
  try {
    const key = given.includes("-----BEGIN")
      ? createPublicKey(given)
      : createPublicKey({ key: Buffer.from(given, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : null;
  } catch {
    return null;
  }
}

const kinds: Readonly<Record<string, DeliveryKind>> = {
  processed: "accepted",
  deferred: "deferred",
  delivered: "delivered",
  bounce: "bounced",
  blocked: "bounced",
  dropped: "failed",
  spamreport: "complained",
  unsubscribe: "unsubscribed",
  group_unsubscribe: "unsubscribed",
  open: "opened",
  click: "clicked",
};

/** What SendGrid did not send because of what it knows from before. */
const dropped: readonly [RegExp, Pick<DeliveryEvent, "kind" | "bounce">][] = [
  [/^bounced address/i, { kind: "bounced", bounce: "hard" }],
  [/^invalid$/i, { kind: "bounced", bounce: "hard" }],
  [/^spam reporting address/i, { kind: "complained", bounce: null }],
  [/^(unsubscribed address|group unsubscribe)/i, { kind: "unsubscribed", bounce: null }],
];

function eventOf(event: Json, now: Date): DeliveryEvent | null {
  const type = text(event.event);
  // group_resubscribe and what is not known yet: nothing here ever lifts a stop.
  if (!Object.hasOwn(kinds, type)) return null;
  const reason = text(event.reason || event.response);
  const status = text(event.status) || statusIn(reason);
  const common = {
    id: text(event.sg_event_id) || idOf(type, event.sg_message_id, event.email, event.timestamp),
    channel: "email" as const,
    at: timeOf(event.timestamp, now),
    address: text(event.email) || null,
    messageId: ownIdIn(event.heed_message_id) ?? ownIdIn(event["smtp-id"]),
    providerId: text(event.sg_message_id) || null,
    code: status,
    reason,
  };
  if (type === "dropped") {
    const known = dropped.find(([words]) => words.test(reason))?.[1];
    return { ...common, ...(known ?? { kind: "failed", bounce: null }), code: status || "dropped" };
  }
  const kind = kinds[type] as DeliveryKind;
  return { ...common, kind, bounce: kind === "bounced" ? bounceOf(status, called(event)) : null };
}

/** https://www.twilio.com/docs/sendgrid/ui/sending-email/bounces#bounce-classifications */
function called(event: Json): BounceClass {
  const classification = text(event.bounce_classification).toLowerCase();
  if (classification === "invalid address") return "hard";
  if (/mailbox unavailable|technical|frequency/.test(classification)) return "soft";
  return "policy";
}
