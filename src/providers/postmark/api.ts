import { type Api, jsonOf } from "../api-transport.ts";
import { mailParts } from "../mail-parts.ts";
import { text } from "../webhooks.ts";

/** https://postmarkapp.com/developer/api/email-api; it takes parts, no raw MIME. */
export function postmarkApi(settings: {
  token: string;
  stream: string;
  baseUrl: string | null;
}): Api {
  const base = settings.baseUrl ?? "https://api.postmarkapp.com";
  const headers = {
    "x-postmark-server-token": settings.token,
    accept: "application/json",
    "content-type": "application/json",
  };
  return {
    async send({ envelope, message, messageId }) {
      const mail = await mailParts(message);
      const body = {
        From: named(envelope.from, mail.fromName),
        To: named(envelope.to, mail.toName),
        ...(mail.replyTo ? { ReplyTo: mail.replyTo } : {}),
        Subject: mail.subject,
        TextBody: mail.text,
        ...(mail.html === null ? {} : { HtmlBody: mail.html }),
        Headers: [
          ...mail.headers.map(({ name, value }) => ({ Name: name, Value: value })),
          { Name: "Message-ID", Value: mail.messageId },
          { Name: "X-PM-KeepID", Value: "true" },
        ],
        Metadata: { "heed-message": messageId },
        MessageStream: settings.stream,
        // Links stay as they were written, and no pixel is added.
        TrackOpens: false,
        TrackLinks: "None",
      };
      return { method: "POST", url: `${base}/email`, headers, body: JSON.stringify(body) };
    },
    idOf: (answer) => text(jsonOf(answer).MessageID) || null,
    // https://postmarkapp.com/developer/api/overview#error-codes
    refusalOf(answer) {
      const code = text(jsonOf(answer).ErrorCode ?? answer.status);
      // 406: on Postmark's own list, which may have many reasons.
      if (code === "406") return { code, at: "recipient" };
      // 10: wrong token. 405: no credits left. 412, 413: not approved yet.
      if (/^(10|405|412|413)$/.test(code)) return { code, at: "sender", temporary: true };
      return { code, at: /^(400|401)$/.test(code) ? "sender" : "message" };
    },
    check: () => ({ method: "GET", url: `${base}/server`, headers, body: "" }),
  };
}

/** A mailbox with its name as a quoted string (RFC 5322 3.4), which takes any letter here. */
function named(address: string, name: string): string {
  return name === "" ? address : `"${name.replace(/["\\\p{Cc}]/gu, " ")}" <${address}>`;
}
