import { addressParser, decodeWords } from "postal-mime";
import { bounds } from "./bounds.ts";
import { decodeText } from "./charsets.ts";

/** One header field: its name in lower case, its value unfolded and else as it came. */
export interface MailHeader {
  name: string;
  value: string;
}

/**
 * Reads a header block (RFC 5322 section 2.2) tolerantly: lines that are no
 * header are passed over, folded lines are joined by one space.
 */
export function readHeaders(block: Buffer): MailHeader[] {
  const text = decodeText(block.subarray(0, bounds.headerBytes), "");
  const headers: MailHeader[] = [];
  for (const line of text.split(/\r?\n|\r/, bounds.headerLines)) {
    const last = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last && last.value.length < bounds.headerValue) last.value += ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon < 1 || colon > 100 || /\s/.test(name)) continue;
    headers.push({ name, value: line.slice(colon + 1, bounds.headerValue).trim() });
  }
  return headers;
}

/** The first value of a header as it came, "" when it is absent. */
export function headerValue(headers: readonly MailHeader[], name: string): string {
  return headers.find((each) => each.name === name)?.value ?? "";
}

/** A header's words in readable text (RFC 2047). */
export function readableHeader(headers: readonly MailHeader[], name: string): string {
  const value = headerValue(headers, name);
  return value.includes("=?") ? decodeWords(value) : value;
}

/** The addresses of a From, To or the like, in their order, at most a thousand. */
export function headerAddresses(headers: readonly MailHeader[], name: string): string[] {
  const found: string[] = [];
  for (const header of headers) {
    if (header.name !== name) continue;
    for (const mailbox of addressParser(header.value, { flatten: true })) {
      if (mailbox.address?.includes("@")) found.push(mailbox.address);
    }
  }
  return found.slice(0, 1_000);
}

/** The message ids in a header without their angle brackets, in their order. */
export function headerIds(headers: readonly MailHeader[], name: string): string[] {
  const ids = headerValue(headers, name).match(/<[^<>\s]{1,500}>/g) ?? [];
  return ids.map((id) => id.slice(1, -1));
}

/** A parameter of a structured header (RFC 2045 section 5.1), quoted or not. */
export function headerParameter(value: string, name: string): string {
  const wanted = new RegExp(`[;\\s]${name}\\*?\\s*=\\s*(?:"([^"]{0,500})"|([^;\\s]{1,500}))`, "i");
  const match = wanted.exec(value.slice(0, 4_000));
  return (match?.[1] ?? match?.[2] ?? "").trim();
}
