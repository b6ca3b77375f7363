import { randomBytes } from "node:crypto";
import { HeedError } from "../../../kernel/errors.ts";
import { needsSmtpUtf8, refuseInjection } from "./address.ts";
import { BOUNDARY_MARK, encodeBody } from "./body.ts";
import { mailboxField, refuseUnlessFieldName, textField } from "./header.ts";

/** What all mails of a campaign have in common. */
export interface MailContent {
  from: { name: string; address: string };
  replyTo?: string;
  headers?: Record<string, string>;
}

/** What differs per recipient. */
export interface Mail {
  /** With or without its angle brackets. */
  messageId: string;
  date: Date;
  /** A bare address, its domain in A-labels. */
  to: string;
  toName?: string;
  subject: string;
  html?: string;
  text: string;
  listUnsubscribe: { url: string; mailto?: string } | null;
  extraHeaders?: Record<string, string>;
}

/** Headers that only this file writes, or that would add recipients or a forged history. */
const RESERVED = new Set([
  "from",
  "sender",
  "reply-to",
  "to",
  "cc",
  "bcc",
  "subject",
  "date",
  "message-id",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
  "content-disposition",
  "list-unsubscribe",
  "list-unsubscribe-post",
  "dkim-signature",
  "return-path",
  "received",
  "resent-to",
  "resent-cc",
  "resent-bcc",
  "resent-from",
]);
const MESSAGE_ID = /^<?([!#-;=?A-Z^-~]+@[!#-;=?A-Z^-~]+)>?$/;
const WEB_ADDRESS = /^https?:\/\/[!#-;=?-[\]_a-z~]+$/;
const MAIL_ADDRESS = /^mailto:[!#-;=?-[\]_a-z~]+$/;
const LONGEST_URL = 900; // stays on one line of 998

/**
 * Checks and renders once what a campaign's mails have in common; the function it
 * returns gives a whole RFC 5322 message with CRLF, before dot-stuffing. Throws
 * HeedError `header_injection`, `address_invalid`, `header_name_invalid`,
 * `header_reserved`, `header_twice`, `message_id_invalid`, `date_invalid` or
 * `list_unsubscribe_invalid`, each naming the field.
 */
export function compileMail(content: MailContent): (mail: Mail) => Buffer {
  // The sender is the user's own address. SMTPUTF8 follows from the envelope, and a
  // From beyond ASCII under an ASCII envelope would go out undeclared (RFC 6531 3.4).
  refuseUnicode("From", content.from.address);
  if (content.replyTo !== undefined) refuseUnicode("Reply-To", content.replyTo);
  const own = ownHeaders(content.headers ?? {}, new Set());
  const ownNames = new Set(Object.keys(content.headers ?? {}).map((name) => name.toLowerCase()));
  const fixed =
    mailboxField("From", content.from.address, content.from.name) +
    (content.replyTo === undefined ? "" : mailboxField("Reply-To", content.replyTo)) +
    own +
    "MIME-Version: 1.0\r\n";
  const boundary = `${BOUNDARY_MARK}${randomBytes(12).toString("hex")}`;
  const alternative = `Content-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n--${boundary}\r\n`;
  const between = `\r\n--${boundary}\r\n`;
  const closing = `\r\n--${boundary}--\r\n`;

  // most campaigns give all their mails one subject
  let subject = "";
  let subjectField = textField("Subject", subject);

  return (mail) => {
    if (mail.subject !== subject) {
      subjectField = textField("Subject", mail.subject);
      subject = mail.subject;
    }
    const head =
      `Date: ${mailDate(mail.date)}\r\n` +
      `Message-ID: ${bracketed(mail.messageId)}\r\n` +
      mailboxField("To", mail.to, mail.toName) +
      subjectField +
      (mail.listUnsubscribe === null ? "" : listUnsubscribe(mail.listUnsubscribe)) +
      (mail.extraHeaders === undefined ? "" : ownHeaders(mail.extraHeaders, ownNames)) +
      fixed;
    const place = { offset: 0 };
    const text = encodeBody(mail.text, place);
    if (mail.html === undefined) {
      const newline = endsWithNewline(text.bytes) ? "" : "\r\n";
      return joined(head + partHead("plain", text.encoding), text.bytes, newline, NOTHING, "");
    }
    const html = encodeBody(mail.html, place);
    return joined(
      head + alternative + partHead("plain", text.encoding),
      text.bytes,
      between + partHead("html", html.encoding),
      html.bytes,
      closing,
    );
  };
}

const NOTHING = Buffer.alloc(0);

function joined(first: string, a: Buffer, middle: string, b: Buffer, last: string): Buffer {
  // everything but an SMTPUTF8 address in `first` is ASCII
  const firstLength = Buffer.byteLength(first);
  const message = Buffer.allocUnsafe(
    firstLength + a.length + middle.length + b.length + last.length,
  );
  let offset = message.write(first);
  offset += a.copy(message, offset);
  offset += message.write(middle, offset, "latin1");
  offset += b.copy(message, offset);
  message.write(last, offset, "latin1");
  return message;
}

function partHead(kind: "plain" | "html", encoding: string): string {
  return `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
}

function endsWithNewline(bytes: Buffer): boolean {
  return bytes.length > 1 && bytes[bytes.length - 1] === 10;
}

/** RFC 8058: both headers, for one click. Mail programs honour it by https alone; http is for trying Heed out. */
function listUnsubscribe({ url, mailto }: { url: string; mailto?: string }): string {
  refuseInjection("List-Unsubscribe", url);
  if (!WEB_ADDRESS.test(url) || url.length > LONGEST_URL) throw unsubscribeInvalid();
  let field = `List-Unsubscribe: <${url}>`;
  if (mailto !== undefined) {
    refuseInjection("List-Unsubscribe", mailto);
    const uri = mailto.startsWith("mailto:") ? mailto : `mailto:${mailto}`;
    if (!MAIL_ADDRESS.test(uri) || uri.length > LONGEST_URL) throw unsubscribeInvalid();
    field += `,\r\n <${uri}>`;
  }
  return `${field}\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`;
}

function unsubscribeInvalid(): HeedError {
  return new HeedError(
    "list_unsubscribe_invalid",
    "List-Unsubscribe takes a web address and a mailto address, percent-encoded and under 900 characters",
    { field: "List-Unsubscribe" },
  );
}

function ownHeaders(headers: Record<string, string>, taken: ReadonlySet<string>): string {
  let fields = "";
  const seen = new Set(taken);
  for (const [name, value] of Object.entries(headers)) {
    refuseUnlessFieldName(name);
    const key = name.toLowerCase();
    if (RESERVED.has(key)) {
      throw new HeedError("header_reserved", `${name} is set by Heed; leave it out`, {
        field: name,
      });
    }
    if (seen.has(key)) {
      throw new HeedError("header_twice", `${name} is given twice; keep one`, { field: name });
    }
    seen.add(key);
    fields += textField(name, value);
  }
  return fields;
}

function refuseUnicode(field: string, address: string): void {
  if (needsSmtpUtf8(address)) {
    throw new HeedError(
      "address_invalid",
      `${field} must be an ASCII address; write its domain in A-labels`,
      { field },
    );
  }
}

function bracketed(messageId: string): string {
  refuseInjection("Message-ID", messageId);
  const id = messageId.length > 250 ? null : MESSAGE_ID.exec(messageId);
  if (!id) {
    throw new HeedError("message_id_invalid", "A Message-ID has the form <unique@domain>", {
      field: "Message-ID",
    });
  }
  return `<${id[1]}>`;
}

/** RFC 5322 3.3; "GMT" is the obsolete way to write the zone. */
function mailDate(date: Date): string {
  if (Number.isNaN(date.getTime())) {
    throw new HeedError("date_invalid", "The mail's date is not a date", { field: "Date" });
  }
  return date.toUTCString().replace("GMT", "+0000");
}
