import { type Api, jsonOf } from "../api-transport.ts";
import { mailParts } from "../mail-parts.ts";
import { object, text } from "../webhooks.ts";

/** https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send; it takes parts, no raw MIME. */
export function sendgridApi(settings: { apiKey: string; baseUrl: string | null }): Api {
  const base = settings.baseUrl ?? "https://api.sendgrid.com";
  const headers = {
    authorization: `Bearer ${settings.apiKey}`,
    "content-type": "application/json",
  };
  return {
    async send({ envelope, message, messageId }) {
      const mail = await mailParts(message);
      const named = (email: string, name: string) => (name === "" ? { email } : { email, name });
      const body = {
        personalizations: [
          { to: [named(envelope.to, mail.toName)], custom_args: { heed_message_id: messageId } },
        ],
        from: named(envelope.from, mail.fromName),
        ...(mail.replyTo ? { reply_to: { email: mail.replyTo } } : {}),
        subject: mail.subject,
        content: [
          { type: "text/plain", value: mail.text },
          ...(mail.html === null ? [] : [{ type: "text/html", value: mail.html }]),
        ],
        headers: Object.fromEntries([
          ...mail.headers.map(({ name, value }) => [name, value]),
          ["Message-ID", mail.messageId],
        ]),
        // Links stay as they were written, and no pixel is added.
        tracking_settings: {
          click_tracking: { enable: false, enable_text: false },
          open_tracking: { enable: false },
          subscription_tracking: { enable: false },
        },
      };
      return { method: "POST", url: `${base}/v3/mail/send`, headers, body: JSON.stringify(body) };
    },
    idOf: (answer) => String(answer.headers["x-message-id"] ?? "") || null,
    refusalOf(answer) {
      const errors = jsonOf(answer).errors;
      const field = Array.isArray(errors) ? text(object(errors[0]).field) : "";
      if (answer.status === 403 || /^(from|reply_to)/.test(field))
        return { code: String(answer.status), at: "sender" };
      return {
        code: String(answer.status),
        at: /personalizations.*\.to/.test(field) ? "recipient" : "message",
      };
    },
    check: () => ({ method: "GET", url: `${base}/v3/scopes`, headers, body: "" }),
  };
}
