import { fold } from "../../contacts/index.ts";

/** What mail programs of several languages put before an answer's or a forwarded mail's subject. */
const prefix =
  /^\s*(?:(?:re|r|aw|antw|antwort|sv|vs|rép|rep|ref|odp|ynt|fwd?|fw|wg|tr|doorst|rv|enc|vl)(?:\[\d+\])?\s*[:：])\s*/i;

/** A subject without the prefixes of answers. */
export function bareSubject(subject: string): string {
  let bare = subject.trim();
  for (let shorter = bare.replace(prefix, ""); shorter !== bare; shorter = bare.replace(prefix, ""))
    bare = shorter;
  return bare.trim();
}

/** By what mails of one thread are known to each other when they name none: the bare subject, folded. */
export function threadSubject(subject: string): string {
  return fold(bareSubject(subject)).replace(/\s+/g, " ").slice(0, 300);
}

/** The subject of an answer in a conversation. */
export function answerSubject(subject: string): string {
  const bare = bareSubject(subject);
  return bare ? `Re: ${bare}` : "";
}

/** A Message-ID as a header can name it again, without angle brackets, or null (RFC 5322 3.6.4). */
export function plainMailId(mailId: string | null | undefined): string | null {
  const bare = (mailId ?? "").trim().replace(/^<|>$/g, "");
  return /^[!-;=?-~]{1,250}$/.test(bare) ? bare : null;
}

const mostReferences = 10;

/**
 * In-Reply-To and References of an answer (RFC 5322 3.6.4): of a long thread the
 * first and the latest mails.
 */
export function threadHeaders(before: readonly string[]): Record<string, string> {
  const last = before.at(-1);
  const first = before[0];
  if (last === undefined || first === undefined) return {};
  const named =
    before.length <= mostReferences ? before : [first, ...before.slice(1 - mostReferences)];
  return {
    "In-Reply-To": `<${last}>`,
    References: named.map((mailId) => `<${mailId}>`).join(" "),
  };
}
