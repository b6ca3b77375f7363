import { createHash, createHmac } from "node:crypto";
import type {
  DeliveryEvent,
  HookReader,
  HookRequest,
  IncomingText,
} from "../../modules/inbound/events/contract.ts";
import { headerOf, idOf, ownIdIn, sameText } from "../webhooks.ts";
import { meaningOf } from "./error-codes.ts";

/** https://www.twilio.com/docs/usage/security#validating-requests */
export const twilioHook: HookReader = {
  async verify(request, settings) {
    if (!settings.secret) return "not_set_up";
    const given = headerOf(request, "x-twilio-signature");
    if (!given) return "signature";
    const bodyDigest = new URL(request.url).searchParams.get("bodySHA256");
    if (bodyDigest !== null) {
      const own = createHash("sha256").update(request.body).digest("hex");
      if (!sameText(own, bodyDigest.toLowerCase())) return "signature";
    }
    const params = bodyDigest === null ? new URLSearchParams(request.body.toString("utf8")) : null;
    for (const url of writings(request.url)) {
      if (sameText(given, twilioSignature(settings.secret, url, params))) return null;
    }
    return "signature";
  },
  read(request) {
    const fields = new URLSearchParams(request.body.toString("utf8"));
    const status = fields.get("MessageStatus") ?? fields.get("SmsStatus") ?? "";
    if (status === "received" || (fields.has("Body") && !fields.has("MessageStatus"))) {
      return { events: [], texts: [textOf(fields, request.now)] };
    }
    const event = eventOf(fields, status, request);
    return { events: event ? [event] : [], texts: [] };
  },
  answer: (reply) => ({
    type: "text/xml; charset=utf-8",
    body: `<?xml version="1.0" encoding="UTF-8"?><Response>${reply === null ? "" : `<Message>${escapeXml(reply)}</Message>`}</Response>`,
  }),
};

/** Base64 HMAC-SHA-1 over the address and the form's fields, sorted; of a field given twice each value once. */
export function twilioSignature(
  token: string,
  url: string,
  params: URLSearchParams | null,
): string {
  const names = [...new Set(params?.keys() ?? [])].sort();
  const fields = names.map((name) => {
    const values = [...new Set(params?.getAll(name))].sort();
    return values.map((value) => name + value).join("");
  });
  return createHmac("sha1", token)
    .update(url + fields.join(""), "utf8")
    .digest("base64");
}

/** Twilio signs the address with or without its usual port, whichever way it kept it. */
function writings(url: string): string[] {
  const parsed = new URL(url);
  const port = parsed.protocol === "https:" ? "443" : "80";
  const bare = parsed.port === "" ? url : url.replace(`:${parsed.port}`, "");
  const withPort = url.replace(/^(https?:\/\/[^/?#]+)/, parsed.port === "" ? `$1:${port}` : "$1");
  return [...new Set([url, bare, withPort])];
}

function addressOf(value: string): { channel: "sms" | "whatsapp"; number: string } {
  return value.startsWith("whatsapp:")
    ? { channel: "whatsapp", number: value.slice("whatsapp:".length) }
    : { channel: "sms", number: value };
}

function textOf(fields: URLSearchParams, now: Date): IncomingText {
  const from = addressOf(fields.get("From") ?? "");
  return {
    id: fields.get("MessageSid") ?? fields.get("SmsSid") ?? idOf(...fields),
    channel: from.channel,
    from: from.number,
    to: addressOf(fields.get("To") ?? "").number,
    text: fields.get("Body") ?? "",
    at: now,
    // Advanced Opt-Out has answered the person already.
    answeredByProvider: fields.has("OptOutType"),
  };
}

function eventOf(
  fields: URLSearchParams,
  status: string,
  request: HookRequest,
): DeliveryEvent | null {
  const sid = fields.get("MessageSid") ?? fields.get("SmsSid") ?? "";
  const to = addressOf(fields.get("To") ?? "");
  const code = fields.get("ErrorCode") ?? "";
  const common = {
    // A message has each status once.
    id: `${sid}:${status}`,
    channel: to.channel,
    at: request.now,
    address: to.number || null,
    messageId: ownIdIn(new URL(request.url).searchParams.get("message")),
    providerId: sid || null,
    code,
    reason: fields.get("ErrorMessage") ?? "",
  };
  switch (status) {
    case "sent":
      return { ...common, kind: "accepted", bounce: null };
    case "delivered":
      return { ...common, kind: "delivered", bounce: null };
    case "read":
      return { ...common, kind: "opened", bounce: null };
    case "failed":
    case "undelivered":
    case "canceled":
      return { ...common, ...meaningOf(code) };
    default:
      return null;
  }
}

function escapeXml(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
