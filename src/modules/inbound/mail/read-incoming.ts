import { bounds } from "./bounds.ts";
import { decodeText, decodeTransfer } from "./charsets.ts";
import {
  headerAddresses,
  headerIds,
  headerParameter,
  headerValue,
  type MailHeader,
  readableHeader,
  readHeaders,
} from "./headers.ts";
import { textOfHtml } from "./html-text.ts";
import { type Leaf, splitMessage } from "./structure.ts";

/** A part of an incoming message. */
export interface MailPart {
  /** Lower-case media type. */
  type: string;
  headers: MailHeader[];
  /** How many attached messages it is inside of: 0 is the message itself. */
  level: number;
  /** Its text (HTML as it stands), "" when it is no text; the first 256 kB. */
  text: string;
  /** Bytes as they came. */
  size: number;
  /** Headers of the message that it attaches, null when it attaches none. */
  message: MailHeader[] | null;
}

/** An incoming message in parts, whatever is broken in it. */
export interface IncomingMail {
  headers: MailHeader[];
  from: string | null;
  to: string[];
  subject: string;
  messageId: string | null;
  /** Message-IDs that it answers, nearest first, without angle brackets. */
  answers: string[];
  /** RFC 3834: written by a program, not by a person. */
  automatic: boolean;
  /** The message's own words: its plain text, else its HTML as text. */
  text: string;
  /** The words of its HTML, null when it has none. */
  htmlText: string | null;
  /** Parts that hold content, in their order, those of attached messages included. */
  parts: MailPart[];
  /** Headers of the first message that it attaches or whose headers it returns. */
  original: MailHeader[] | null;
}

/**
 * Reads a raw message (RFC 5322, 2045 to 2047) into parts. Promises: never
 * throws, takes time in proportion to the bytes, reads at most 50 MB, 200 levels
 * and 2,000 parts. Charsets that are wrong or unknown are guessed.
 */
export function readIncoming(raw: Buffer): IncomingMail {
  const { headers, leaves } = splitMessage(raw.subarray(0, bounds.bytes));
  let left: number = bounds.allText;
  const parts = leaves.map((leaf) => {
    const text = left > 0 ? textOfLeaf(leaf) : "";
    left -= text.length;
    return partOf(leaf, text);
  });
  const own = parts.filter((part) => part.level === 0 && part.text !== "" && !isFile(part));
  const html = own.filter((part) => part.type === "text/html").map((part) => part.text);
  const htmlText = html.length > 0 ? textOfHtml(html.join("\n")) : null;
  const plain = own
    .filter((part) => part.type === "text/plain")
    .map((part) => part.text)
    .join("\n");
  const from = headerAddresses(headers, "from")[0] ?? headerAddresses(headers, "sender")[0] ?? null;
  return {
    headers,
    from,
    to: [...headerAddresses(headers, "to"), ...headerAddresses(headers, "cc")],
    subject: readableHeader(headers, "subject"),
    messageId: headerIds(headers, "message-id")[0] ?? null,
    answers: [...headerIds(headers, "in-reply-to"), ...headerIds(headers, "references").reverse()],
    automatic: isAutomatic(headers),
    text: plain.trim() === "" ? (htmlText ?? "") : plain,
    htmlText,
    parts,
    original: parts.find((part) => part.message)?.message ?? null,
  };
}

function partOf(leaf: Leaf, text: string): MailPart {
  const { type, headers, level, body } = leaf;
  const headersOnly = type === "text/rfc822-headers" || type === "message/rfc822-headers";
  const message = headersOnly ? readHeaders(Buffer.from(text.trimStart())) : leaf.message;
  return { type, headers, level, text, size: body.length, message };
}

const readable = /^(?:text\/|message\/(?!rfc822|global$|partial)|application\/(?:json|x-notes))/;

function textOfLeaf(leaf: Leaf): string {
  if (!readable.test(leaf.type) || leaf.body.length === 0) return "";
  const encoding = headerValue(leaf.headers, "content-transfer-encoding");
  const charset = headerParameter(headerValue(leaf.headers, "content-type"), "charset");
  const bytes = decodeTransfer(leaf.body, encoding, bounds.partText);
  return decodeText(bytes, charset).replace(/\r\n?/g, "\n");
}

function isFile(part: MailPart): boolean {
  return /^attachment/i.test(headerValue(part.headers, "content-disposition"));
}

/** RFC 3834 section 5, RFC 6522, and what servers used before them. */
function isAutomatic(headers: readonly MailHeader[]): boolean {
  const submitted = headerValue(headers, "auto-submitted").toLowerCase();
  return (
    (submitted !== "" && !submitted.startsWith("no")) ||
    /^<\s*>$/.test(headerValue(headers, "return-path")) ||
    /multipart\/report/i.test(headerValue(headers, "content-type")) ||
    /^(?:auto_reply|bulk|junk|list)/i.test(headerValue(headers, "precedence")) ||
    headerValue(headers, "x-autoreply") !== "" ||
    headerValue(headers, "x-autorespond") !== ""
  );
}
