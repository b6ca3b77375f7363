import { createHmac } from "node:crypto";
import type {
  BounceClass,
  DeliveryEvent,
  DeliveryKind,
  HookReader,
  IncomingText,
} from "../../modules/inbound/events/contract.ts";
import {
  headerOf,
  isTimely,
  type Json,
  list,
  object,
  ownIdIn,
  sameText,
  text,
  timeOf,
} from "../webhooks.ts";

const oldest = 5 * 60_000;

/** Heed's own JSON contract for any other provider (docs/PROVIDERS.md). */
export const httpHook: HookReader = {
  async verify(request, settings) {
    if (!settings.secret) return "not_set_up";
    const timestamp = headerOf(request, "x-heed-timestamp");
    const given = headerOf(request, "x-heed-signature");
    if (
      !timestamp ||
      !given ||
      !sameText(given, httpSignature(settings.secret, timestamp, request.body))
    )
      return "signature";
    return isTimely(Number(timestamp) * 1000, request.now, oldest) ? null : "stale";
  },
  read({ body, now }) {
    const whole = object(JSON.parse(body.toString("utf8")));
    return {
      events: list(whole.events).map((each) => eventOf(object(each), now)),
      texts: list(whole.texts).map((each) => textOf(object(each), now)),
    };
  },
  answer: (reply) => ({ type: "application/json; charset=utf-8", body: JSON.stringify({ reply }) }),
};

/** `v1=` and the hexadecimal HMAC-SHA-256 over the timestamp (seconds since 1970), a dot and the body. */
export function httpSignature(secret: string, timestamp: string, body: Buffer): string {
  return `v1=${createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest("hex")}`;
}

const kinds: readonly string[] = [
  "accepted",
  "delivered",
  "deferred",
  "bounced",
  "complained",
  "unsubscribed",
  "failed",
  "opened",
  "clicked",
] satisfies DeliveryKind[];

function eventOf(event: Json, now: Date): DeliveryEvent {
  const kind = text(event.kind);
  const id = text(event.id);
  if (id === "" || !kinds.includes(kind))
    throw new Error("an event without id or of no known kind");
  const bounce = ["hard", "soft"].includes(text(event.bounce))
    ? (text(event.bounce) as BounceClass)
    : "policy";
  return {
    id,
    kind: kind as DeliveryKind,
    bounce: kind === "bounced" ? bounce : null,
    channel: channelOf(event.channel, "email"),
    at: timeOf(event.at, now),
    address: text(event.address) || null,
    messageId: ownIdIn(event.message_id),
    providerId: text(event.provider_id) || null,
    code: text(event.code),
    reason: text(event.reason),
  };
}

function textOf(given: Json, now: Date): IncomingText {
  const id = text(given.id);
  if (id === "") throw new Error("a text without id");
  return {
    id,
    channel: channelOf(given.channel, "sms") === "whatsapp" ? "whatsapp" : "sms",
    from: text(given.from),
    to: text(given.to),
    text: text(given.text),
    at: timeOf(given.at, now),
    answeredByProvider: false,
  };
}

function channelOf(value: unknown, usual: DeliveryEvent["channel"]): DeliveryEvent["channel"] {
  return value === "email" || value === "sms" || value === "whatsapp" ? value : usual;
}
