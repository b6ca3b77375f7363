import { type Cause, classOfCause, phrases } from "./causes.ts";
import type { FailureClass } from "./understanding.ts";

export interface Evidence {
  /** Enhanced status (RFC 3463) that the report gives in a field of its own. */
  status: string | null;
  /** The server's words on this recipient. */
  diagnostic: string;
  /** What the report says besides, nearest first; asked only where the diagnostic says nothing. */
  notices: readonly string[];
  /** The command of ours that the words answer, where the report tells. */
  answered: SmtpPhase | null;
}

/** Where in the dialogue a server refused: only an answer to RCPT speaks of the mailbox. */
export type SmtpPhase = "greeting" | "sender" | "recipient" | "data";

export interface Verdict {
  cause: Cause;
  class: FailureClass;
  status: string | null;
}

const longest = 2_000;

/** A server's words without what only looks like a reason: addresses, links, host names. */
export function plainWords(text: string): string {
  return text
    .slice(0, longest)
    .toLowerCase()
    .replace(
      /https?:\/\/\S{0,100}(spamhaus|spamcop|sorbs|barracuda|uceprotect|abuseat)\S{0,200}/g,
      " listed by $1 ",
    )
    .replace(/https?:\/\/\S{1,300}/g, " ")
    .replace(/<?[^\s<>()@]{1,128}@[\w.-]{1,250}>?/g, " @ ")
    .replace(/\b(?:[a-z0-9_-]{1,63}\.){2,8}[a-z]{2,12}\b(?!\.\d)/g, " ")
    .replace(/[‘’`]/g, "'")
    .replace(/\s+/g, " ");
}

/** Behind these a reporting server repeats what the other one said. */
const quoted =
  /(?:the error that the other server returned was|the response (?:from the remote server )?was|remote (?:host|server|system) (?:said|returned|responded(?: with)?|replied|response)|server (?:said|returned|responded with|response)|\) said|\] said|error message(?: below)?|diagnostic[- ]code|last error(?: was)?|unknown address error \d{3}-\W?|smtp error from remote (?:mail )?server after [a-z ]{1,30})\s?[:;]?\s?/i;

/** The cause that a server's words name, null when they name none. */
export function causeInWords(text: string): Cause | null {
  const said = quoted.exec(text.slice(0, longest));
  const inner = said ? causeIn(text.slice(said.index + said[0].length)) : null;
  return inner && inner !== "refused" ? inner : causeIn(text);
}

function causeIn(text: string): Cause | null {
  if (text.trim() === "") return null;
  const words = plainWords(text);
  return phrases.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

const statusIn = /(?:^|[^\d.])([245]\.\d{1,2}\.\d{1,3})(?![\d.]*\d)/;
const replyIn = /(?:^|[\s:;<([-])([45]\d\d)(?=[\s:;,)\]>-]|$)/;

/** What RFC 3463 and its registry say where the words say nothing. */
const causeOfStatus: readonly (readonly [RegExp, Cause])[] = [
  [/^5\.1\.[134]$|^5\.1\.10$/, "no_such_mailbox"],
  [/^5\.1\.2$|^5\.4\.4$|^5\.4\.310$/, "domain_unknown"],
  [/^5\.1\.6$/, "moved"],
  [/^5\.1\.[78]$/, "sender_refused"],
  [/^[45]\.2\.1$/, "mailbox_disabled"],
  [/^[45]\.2\.2$/, "mailbox_full"],
  [/^[45]\.2\.12[12]$/, "rate"],
  [/^[45]\.(?:2\.3|3\.4)$/, "too_large"],
  [/^[45]\.4\.6$/, "loop"],
  [/^[45]\.4\.7$/, "expired"],
  [/^4\.4\.|^5\.4\.(?:1|2|14)$/, "network"],
  [/^[45]\.7\.(?:2[0-79]|9|30)$/, "authentication"],
  [/^[45]\.7\.25$/, "reverse_dns"],
  [/^[45]\.7\./, "policy"],
  [/^[45]\.6\./, "content"],
  [/^[45]\.(?:3|5)\./, "server_trouble"],
  [/^4\./, "busy"],
];

function causeByStatus(status: string | null): Cause | null {
  if (!status) return null;
  return causeOfStatus.find(([pattern]) => pattern.test(status))?.[1] ?? null;
}

/** Words that say that something was refused and not why: a status code says more. */
export const vague: ReadonlySet<Cause> = new Set(["refused", "policy", "busy", "server_trouble"]);

/** An answer that is temporary in its code and final in its words: a table has no such user. */
const finalWords = /unknown in (?:\S+ ){1,4}table/i;

/**
 * The cause of a failure and what it says of the address. A temporary answer
 * (4xx) and one to the message's content is never hard: servers also answer
 * "unknown user" while their directory is away, or to hide a filter.
 */
export function classifyFailure(evidence: Evidence): Verdict {
  const { diagnostic } = evidence;
  const said = statusIn.exec(diagnostic.slice(0, longest))?.[1] ?? null;
  const status = tellingStatus(evidence.status, said);
  const reply = replyIn.exec(diagnostic.slice(0, longest).replace(/\[[\d.]+\]/g, ""))?.[1] ?? null;
  const first = decideCause(evidence, status, reply);
  const cause =
    classOfCause[first] === "hard" ? heldAgainst(first, evidence, status, reply) : first;
  const temporary = reply ? reply.startsWith("4") : (status?.startsWith("4") ?? false);
  let group: FailureClass = classOfCause[cause];
  if (group === "hard" && temporary && !finalWords.test(diagnostic.slice(0, longest)))
    group = "soft";
  return { cause, class: group, status };
}

function decideCause(evidence: Evidence, status: string | null, reply: string | null): Cause {
  const { diagnostic, notices } = evidence;
  const byWords = causeInWords(diagnostic);
  const byStatus = causeByStatus(status);
  if (byWords === "mailbox_disabled" && byStatus === "no_such_mailbox") return byStatus;
  if (byWords && !vague.has(byWords)) return byWords;
  if (byWords && byStatus && classOfCause[byStatus] === "hard") {
    // Sendmail reports 5.1.1 for every 550 to RCPT: "denied" without a code of its own is no such user.
    const own = statusIn.test(diagnostic.slice(0, longest));
    return byWords === "policy" && !own ? byWords : byStatus;
  }
  if (byWords) return byWords;
  if (!byStatus || vague.has(byStatus)) {
    const causes = notices.map(causeInWords).filter((cause) => cause !== null);
    const byNotice = causes.find((cause) => !vague.has(cause)) ?? causes[0];
    if (byNotice && !(vague.has(byNotice) && byStatus)) return byNotice;
  }
  if (byStatus) return byStatus;
  if (reply === "552") return "mailbox_full";
  if (reply === "556") return "accepts_no_mail";
  if (reply?.startsWith("42")) return "network";
  return "unknown";
}

/**
 * A hard cause against what else the report says. Answers to the greeting or
 * the sender speak of us. "User unknown" in answer to the message itself hides a
 * filter, unless the enhanced status says the same; 5.2.1 beside it, or a bare
 * "550 User unknown" of another server that nothing shows to answer RCPT, proves
 * no missing mailbox.
 */
function heldAgainst(
  cause: Cause,
  evidence: Evidence,
  status: string | null,
  reply: string | null,
): Cause {
  const { answered, diagnostic } = evidence;
  if (answered === "greeting") return "blocked";
  if (answered === "sender") return "sender_refused";
  const byStatus = causeByStatus(status);
  if (byStatus && classOfCause[byStatus] === "hard")
    return answered === "data" && byStatus === "moved" ? byStatus : cause;
  if (answered === "data") return cause === "no_such_mailbox" ? "filtered" : "refused";
  if (cause !== "no_such_mailbox" || answered === "recipient") return cause;
  if (byStatus === "mailbox_disabled") return byStatus;
  const certain = /mailbox unavailable|access denied|\b542\b|mail\.local: unknown/i.test(
    diagnostic.slice(0, longest),
  );
  return reply?.startsWith("5") && !certain ? "unconfirmed" : cause;
}

function tellingStatus(field: string | null, said: string | null): string | null {
  if (!field) return said;
  if (!said) return field;
  return /\.0\.0$|^\d\.[35]\.0$/.test(field) ? said : said.endsWith(".0.0") ? field : said;
}
