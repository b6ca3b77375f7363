import PostalMime from "postal-mime";
import { HeedError } from "../../kernel/errors.ts";

/** What of an incoming message tells whom it is from and what it answers. */
export interface IncomingMail {
  from: string | null;
  messageId: string | null;
  /** Message-IDs that it answers, nearest first, without angle brackets. */
  answers: string[];
  /** RFC 3834: written by a program, not by a person. */
  automatic: boolean;
}

const largest = 25 * 1024 * 1024;

/** Reads a raw message (RFC 5322). Throws `mail_unreadable` or `file_too_large`. */
export async function readMail(raw: Buffer): Promise<IncomingMail> {
  if (raw.length > largest) {
    throw new HeedError("file_too_large", "An incoming message may have at most 25 MB.");
  }
  let mail: Awaited<ReturnType<typeof PostalMime.parse>>;
  try {
    mail = await PostalMime.parse(raw, { maxNestingDepth: 50 });
  } catch (error) {
    throw new HeedError(
      "mail_unreadable",
      "This is no mail message. Send it raw, as it came (message/rfc822).",
      {},
      { cause: error },
    );
  }
  const header = (name: string) => mail.headers.find((each) => each.key === name)?.value ?? "";
  const references = (mail.references ?? "").match(/<[^<>\s]+>/g) ?? [];
  const nearest = (mail.inReplyTo ?? "").match(/<[^<>\s]+>/g) ?? [];
  const automatic = header("auto-submitted");
  return {
    from: mail.from?.address ?? null,
    messageId: mail.messageId ?? null,
    answers: [...nearest, ...references.reverse()].map((id) => id.slice(1, -1)),
    automatic:
      (automatic !== "" && automatic.toLowerCase() !== "no") ||
      mail.from?.address === "" ||
      /multipart\/report/i.test(header("content-type")),
  };
}
