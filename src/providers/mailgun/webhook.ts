import { createHmac } from "node:crypto";
import type {
  DeliveryEvent,
  DeliveryKind,
  HookReader,
} from "../../modules/inbound/events/contract.ts";
import {
  bounceOf,
  idOf,
  isTimely,
  type Json,
  object,
  ownIdIn,
  sameText,
  statusIn,
  text,
  timeOf,
} from "../webhooks.ts";

/** Mailgun repeats a webhook for up to 8 hours. */
const oldest = 9 * 3_600_000;

/** https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks */
export const mailgunHook: HookReader = {
  async verify({ body, now }, settings) {
    if (!settings.secret) return "not_set_up";
    let signature: Json;
    try {
      signature = object(object(JSON.parse(body.toString("utf8"))).signature);
    } catch {
      return "unreadable";
    }
    const [timestamp, token, given] = [
      text(signature.timestamp),
      text(signature.token),
      text(signature.signature),
    ];
    if (
      timestamp === "" ||
      token === "" ||
      !sameText(given, mailgunSignature(settings.secret, timestamp, token))
    )
      return "signature";
    return isTimely(Number(timestamp) * 1000, now, oldest) ? null : "stale";
  },
  read({ body, now }) {
    const whole = object(JSON.parse(body.toString("utf8")));
    const event = eventOf(object(whole["event-data"]), now);
    // The signature covers no body: its token is good for one event.
    return {
      events: event ? [{ ...event, nonce: text(object(whole.signature).token) }] : [],
      texts: [],
    };
  },
};

/** Hexadecimal HMAC-SHA-256 over timestamp and token. */
export function mailgunSignature(key: string, timestamp: string, token: string): string {
  return createHmac("sha256", key)
    .update(timestamp + token)
    .digest("hex");
}

const kinds: Readonly<Record<string, DeliveryKind>> = {
  accepted: "accepted",
  delivered: "delivered",
  failed: "bounced",
  rejected: "failed",
  complained: "complained",
  unsubscribed: "unsubscribed",
  opened: "opened",
  clicked: "clicked",
};

function eventOf(data: Json, now: Date): DeliveryEvent | null {
  const type = text(data.event);
  if (!Object.hasOwn(kinds, type)) return null;
  const status = object(data["delivery-status"]);
  const headers = object(object(data.message).headers);
  const sentAs = text(headers["message-id"]);
  const said = text(status.message) || text(status.description);
  const common = {
    id: text(data.id) || idOf(type, sentAs, data.recipient, data.timestamp),
    channel: "email" as const,
    at: timeOf(data.timestamp, now),
    address: text(data.recipient) || null,
    messageId: ownIdIn(object(data["user-variables"])["heed-message"]) ?? ownIdIn(sentAs),
    providerId: sentAs || null,
    code: text(status["enhanced-code"]) || statusIn(said) || text(status.code),
    reason: said || text(object(data.reject).reason),
  };
  if (type !== "failed") return { ...common, kind: kinds[type] as DeliveryKind, bounce: null };
  const why = text(data.reason);
  if (text(data.severity) === "temporary") return { ...common, kind: "deferred", bounce: null };
  // On Mailgun's own lists from before.
  if (why === "suppress-complaint") return { ...common, kind: "complained", bounce: null };
  if (why === "suppress-unsubscribe") return { ...common, kind: "unsubscribed", bounce: null };
  if (why === "suppress-bounce") return { ...common, kind: "bounced", bounce: "hard" };
  return {
    ...common,
    kind: "bounced",
    bounce: bounceOf(common.code, why === "old" ? "soft" : "policy"),
  };
}
