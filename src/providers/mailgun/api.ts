import { randomBytes } from "node:crypto";
import { type Api, jsonOf } from "../api-transport.ts";
import { text } from "../webhooks.ts";

/** https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages: raw MIME, as it is. */
export function mailgunApi(settings: {
  apiKey: string;
  domain: string;
  baseUrl: string | null;
}): Api {
  const base = `${settings.baseUrl ?? "https://api.mailgun.net"}/v3`;
  const domain = encodeURIComponent(settings.domain);
  const authorization = `Basic ${Buffer.from(`api:${settings.apiKey}`).toString("base64")}`;
  return {
    async send({ envelope, message, messageId }) {
      const boundary = `heed-${randomBytes(16).toString("hex")}`;
      const field = (name: string, value: string) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
      const body = Buffer.concat([
        Buffer.from(
          field("to", envelope.to) +
            field("v:heed-message", messageId) +
            // Links stay as they were written, and no pixel is added.
            field("o:tracking", "no") +
            `--${boundary}\r\nContent-Disposition: form-data; name="message"; filename="message.eml"\r\nContent-Type: message/rfc822\r\n\r\n`,
        ),
        message,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]);
      const headers = {
        authorization,
        "content-type": `multipart/form-data; boundary=${boundary}`,
      };
      return { method: "POST", url: `${base}/${domain}/messages.mime`, headers, body };
    },
    idOf: (answer) => text(jsonOf(answer).id).replace(/^<|>$/g, "") || null,
    refusalOf(answer) {
      const said = text(jsonOf(answer).message);
      const at = /'?\bto\b'? parameter/i.test(said)
        ? "recipient"
        : answer.status === 400
          ? "message"
          : "sender";
      return {
        code: String(answer.status),
        at,
        temporary: answer.status === 402 || answer.status === 403,
      };
    },
    check: () => ({
      method: "GET",
      url: `${base}/domains/${domain}`,
      headers: { authorization },
      body: "",
    }),
  };
}
