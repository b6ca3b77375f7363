import PostalMime from "postal-mime";

/** A mail in the parts that APIs without raw MIME ask for. */
export interface MailParts {
  fromName: string;
  replyTo: string | null;
  toName: string;
  subject: string;
  text: string;
  html: string | null;
  /** Headers beside those that the parts stand for: List-Unsubscribe and what the account adds. */
  headers: { name: string; value: string }[];
  messageId: string;
}

/** What an API writes itself or takes as a part. */
const own =
  /^(from|to|cc|bcc|reply-to|subject|date|message-id|mime-version|content-.*|dkim-signature|received|return-path)$/;

/** Takes a message that the sender made apart. */
export async function mailParts(message: Buffer): Promise<MailParts> {
  const mail = await PostalMime.parse(message);
  return {
    fromName: mail.from?.name ?? "",
    replyTo: mail.replyTo?.[0]?.address ?? null,
    toName: mail.to?.[0]?.name ?? "",
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html ?? null,
    headers: mail.headers
      .filter((each) => !own.test(each.key))
      .map((each) => ({ name: each.originalKey, value: each.value.replace(/\r?\n[ \t]*/g, " ") })),
    messageId: mail.messageId ?? "",
  };
}
