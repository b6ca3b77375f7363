import { type Api, jsonOf } from "../api-transport.ts";
import { text } from "../webhooks.ts";
import { meaningOf, optedOut } from "./error-codes.ts";

/** https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
export function twilioApi(settings: {
  accountSid: string;
  authToken: string;
  channel: "sms" | "whatsapp";
  /** Where Twilio tells what became of a message, without a query; null is nowhere. */
  statusUrl: string | null;
  baseUrl: string | null;
}): Api {
  const account = `${settings.baseUrl ?? "https://api.twilio.com"}/2010-04-01/Accounts/${encodeURIComponent(settings.accountSid)}`;
  const headers = {
    authorization: `Basic ${Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString("base64")}`,
    "content-type": "application/x-www-form-urlencoded",
  };
  const prefix = settings.channel === "whatsapp" ? "whatsapp:" : "";
  return {
    async send({ envelope, message, messageId }) {
      const fields = new URLSearchParams({
        To: prefix + envelope.to,
        From: prefix + envelope.from,
        Body: message.toString("utf8"),
      });
      if (settings.statusUrl)
        fields.set("StatusCallback", `${settings.statusUrl}?message=${messageId}`);
      return { method: "POST", url: `${account}/Messages.json`, headers, body: fields.toString() };
    },
    idOf: (answer) => text(jsonOf(answer).sid) || null,
    refusalOf(answer) {
      const code = text(jsonOf(answer).code ?? answer.status);
      const { bounce } = meaningOf(code);
      if (bounce === "hard") return { code, at: "recipient", hard: true };
      if (bounce === "soft") return { code, at: "recipient", temporary: true };
      if (code === optedOut) return { code, at: "recipient" };
      // 20003: wrong credentials. 20429: too many. 63018: WhatsApp's limit.
      if (/^(20003|20429|63018)$/.test(code)) return { code, at: "sender", temporary: true };
      return { code, at: /^212(12|06)$/.test(code) ? "sender" : "message" };
    },
    check: () => ({ method: "GET", url: `${account}.json`, headers, body: "" }),
  };
}
