import { type Api, jsonOf } from "../api-transport.ts";
import { text } from "../webhooks.ts";

/** Heed's own JSON contract for any other provider (docs/PROVIDERS.md). */
export function httpApi(settings: {
  token: string;
  baseUrl: string;
  channel: "email" | "sms" | "whatsapp";
}): Api {
  const headers = { authorization: `Bearer ${settings.token}`, "content-type": "application/json" };
  return {
    async send({ envelope, message, messageId }) {
      const body = {
        id: messageId,
        channel: settings.channel,
        from: envelope.from,
        to: envelope.to,
        ...(settings.channel === "email"
          ? { raw: message.toString("base64") }
          : { text: message.toString("utf8") }),
      };
      // The same id again is the same message: a provider may leave a repetition out.
      const once = { ...headers, "idempotency-key": messageId };
      return { method: "POST", url: settings.baseUrl, headers: once, body: JSON.stringify(body) };
    },
    idOf: (answer) => text(jsonOf(answer).id) || null,
    refusalOf(answer) {
      const { code, about, hard } = jsonOf(answer);
      const at = about === "recipient" || about === "sender" ? about : "message";
      return {
        code: typeof code === "string" && code !== "" ? code.slice(0, 50) : String(answer.status),
        at,
        hard: at === "recipient" && hard === true,
      };
    },
    check: () => ({ method: "GET", url: settings.baseUrl, headers, body: "" }),
  };
}
