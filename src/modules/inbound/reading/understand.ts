import { understandMail } from "../bounces/understand-mail.ts";
import { headerValue, readableHeader } from "../mail/headers.ts";
import { type IncomingMail, readIncoming } from "../mail/read-incoming.ts";
import type { RememberedPhrase } from "../replies/meaning.ts";
import { understandReply } from "../replies/understand-reply.ts";
import type { Understanding } from "../understanding.ts";
import type { Question } from "./reader.ts";

/**
 * Reads a raw message: what it is, whom it is about, and what a person says in
 * it. Pure; never throws for what mail holds.
 */
export async function understand(
  raw: Buffer,
  question: Pick<Question, "phrases" | "receivedAt">,
): Promise<Understanding> {
  const mail = readIncoming(raw);
  const report = understandMail(mail);
  const token = tokenOf(mail, report.kind);
  const base: Understanding = {
    kind: report.kind,
    fromAddress: mail.from,
    fromName: nameOf(mail),
    toAddress: mail.to[0] ?? null,
    subject: mail.subject.slice(0, 500),
    mailId: mail.messageId,
    answers: [...mail.answers, ...(report.originalMessageId ? [report.originalMessageId] : [])],
    token,
    recipients: report.recipients,
    meaning: null,
    certain: true,
    language: null,
    said: "",
    until: null,
    suggestions: [],
    eraseRequested: false,
    understoodAs: report.understood_as,
    because: report.because,
  };
  if (report.kind !== "reply" && report.kind !== "auto_reply") return base;
  // The button of a mail client that knows List-Unsubscribe by mailto: the token says it all.
  if (token && report.kind === "reply" && /^\s*unsubscribe\b/i.test(mail.subject)) {
    return {
      ...base,
      meaning: "unsubscribe",
      understoodAs: "List-Unsubscribe by mail (RFC 2369)",
      because: "it carries the token of the unsubscribe link",
    };
  }
  const answer = understandReply({
    subject: mail.subject,
    text: mail.text,
    headers: Object.fromEntries(
      ["auto-submitted", "x-autoreply", "x-autorespond", "precedence"].map((name) => [
        name,
        headerValue(mail.headers, name) || undefined,
      ]),
    ),
    phrases: question.phrases as readonly RememberedPhrase[],
    receivedAt: question.receivedAt,
  });
  return {
    ...base,
    meaning: answer.meaning,
    certain: answer.certain,
    language: answer.language,
    said: answer.said.slice(0, 5_000),
    until: answer.until ?? null,
    suggestions: answer.suggestions ?? [],
    eraseRequested: answer.erase_requested ?? false,
    understoodAs: answer.understood_as,
    because: answer.because,
  };
}

const tokenInSubject = /^\s*unsubscribe\s+([A-Za-z0-9_-]{60,120})\s*$/i;
const tokenInLink = /\/u\/([A-Za-z0-9_-]{60,120})(?![A-Za-z0-9_-])/;

/**
 * The unsubscribe token that names one of our messages: in the subject where a
 * mail client pressed for the person, in the enclosed message of a report. A
 * reply's quoted text is not read: it may quote a mail to somebody else.
 */
function tokenOf(mail: IncomingMail, kind: string): string | null {
  const inSubject = tokenInSubject.exec(mail.subject)?.[1];
  if (inSubject) return inSubject;
  if (kind === "reply" || kind === "auto_reply" || !mail.original) return null;
  return tokenInLink.exec(headerValue(mail.original, "list-unsubscribe"))?.[1] ?? null;
}

/** The display name of From, at most 200 letters. */
function nameOf(mail: IncomingMail): string {
  const from = readableHeader(mail.headers, "from");
  const angle = from.lastIndexOf("<");
  return angle > 0 ? from.slice(0, angle).trim().replace(/^"|"$/g, "").slice(0, 200) : "";
}
