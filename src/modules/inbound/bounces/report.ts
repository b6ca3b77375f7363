import {
  headerAddresses,
  headerIds,
  headerValue,
  type MailHeader,
  readableHeader,
  readHeaders,
} from "../mail/headers.ts";
import { textOfHtml } from "../mail/html-text.ts";
import type { IncomingMail, MailPart } from "../mail/read-incoming.ts";

/** What rules look at: one message, the one received or one that it forwards. */
export interface Report {
  headers: readonly MailHeader[];
  from: string;
  subject: string;
  /** Media type and report-type of the whole, in lower case. */
  type: string;
  parts: readonly MailPart[];
  /** The server's words before the returned message, at most 64 kB. */
  notice: string;
  /** Headers of the message of ours that came back, or of what it lets guess. */
  returned: readonly MailHeader[];
  returnedTo: string[];
  returnedId: string | null;
}

const longestNotice = 64 * 1024;

/** The message itself, then each message that it attaches (a forwarded report), at most five. */
export function reportsOf(mail: IncomingMail): Report[] {
  const reports = [reportOf(mail.headers, mail.parts, 0)];
  for (const [index, part] of mail.parts.entries()) {
    if (!part.message || !part.type.startsWith("message/")) continue;
    const end = mail.parts.findIndex((each, at) => at > index && each.level <= part.level);
    const inside = mail.parts.slice(index + 1, end === -1 ? undefined : end);
    reports.push(reportOf(part.message, inside, part.level + 1));
    if (reports.length > 5) break;
  }
  return reports;
}

function reportOf(
  headers: readonly MailHeader[],
  parts: readonly MailPart[],
  level: number,
): Report {
  const { notice, rest } = splitNotice(noticeText(parts, level));
  const attached = parts.find((part) => part.message && part.level === level)?.message;
  const returned = attached && attached.length > 0 ? attached : readHeaders(Buffer.from(rest));
  return {
    headers,
    from: readableHeader(headers, "from"),
    subject: readableHeader(headers, "subject"),
    type: headerValue(headers, "content-type").toLowerCase(),
    parts: parts.filter((part) => part.level === level),
    notice,
    returned,
    returnedTo: [
      ...headerAddresses(returned, "to"),
      ...headerAddresses(returned, "x-original-to"),
      ...headerAddresses(returned, "cc"),
    ],
    returnedId: returnedId(headers, returned),
  };
}

/** From the copy that came back, else from what the notice says that it answers. */
function returnedId(
  headers: readonly MailHeader[],
  returned: readonly MailHeader[],
): string | null {
  const ids = [
    headerIds(returned, "message-id")[0],
    headerIds(headers, "x-original-message-id")[0],
    headerIds(headers, "in-reply-to")[0],
    headerIds(headers, "references").at(-1),
  ];
  return ids.find((id) => id !== undefined) ?? null;
}

function noticeText(parts: readonly MailPart[], level: number): string {
  const own = parts.filter((part) => part.level === level && part.text !== "");
  const plain = own.filter(
    (part) =>
      part.type === "text/plain" &&
      !/^attachment/i.test(headerValue(part.headers, "content-disposition")),
  );
  const html = own.filter((part) => part.type === "text/html");
  const words = plain.map((part) => part.text).join("\n\n");
  if (words.trim() !== "" || html.length === 0) {
    const any =
      words.trim() === ""
        ? own.filter((part) => part.type.startsWith("text/") && !part.message)
        : [];
    return (words.trim() === "" ? any.map((part) => part.text).join("\n\n") : words).slice(
      0,
      longestNotice,
    );
  }
  return textOfHtml(
    html
      .map((part) => part.text)
      .join("\n")
      .slice(0, longestNotice * 2),
  ).slice(0, longestNotice);
}

/** Names that a returned message's headers have and a server's own summary has not together. */
const transport =
  /^(?:received|return-path|message-id|mime-version|x-mailer|dkim-signature|delivered-to|content-type|content-transfer-encoding|x-[\w-]+|from|to|date|subject)$/;
const certain = /^(?:received|return-path|message-id|mime-version|dkim-signature|x-mailer)$/;

/** A server that returns the message as text: where its headers begin, by what they look like. */
function splitNotice(text: string): { notice: string; rest: string } {
  const lines = text.split("\n", 5_000);
  for (let at = 0; at < lines.length; at++) {
    const first = headerNameOf(lines[at] ?? "");
    if (!first || !transport.test(first)) continue;
    const names = new Set<string>();
    let sure = 0;
    for (const line of lines.slice(at, at + 30)) {
      const plain = unquoted(line);
      if (plain.trim() === "") break;
      const name = headerNameOf(line);
      if (!name || !transport.test(name) || names.has(name)) continue;
      names.add(name);
      if (certain.test(name)) sure++;
    }
    if (names.size >= 3 && sure >= 1) {
      const rest = lines.slice(at).map(unquoted).join("\n");
      const end = rest.search(/\n\s*\n/);
      return {
        notice: lines.slice(0, at).join("\n"),
        rest: end === -1 ? rest : rest.slice(0, end),
      };
    }
  }
  return { notice: text, rest: "" };
}

/** Without the indentation or quoting of a returned copy (one blank is a folded line's). */
function unquoted(line: string): string {
  return line.replace(/^(?:[>|] ?| {2,8}(?=[A-Z][\w-]{1,40}: ))/, "");
}

function headerNameOf(line: string): string | null {
  return (
    /^([A-Za-z][\w-]{1,50}):(?: |$|\t)/.exec(unquoted(line).slice(0, 200))?.[1]?.toLowerCase() ??
    null
  );
}
