import { addressIn, isDaemon, tidyAddress } from "./addresses.ts";
import { causeInWords, vague } from "./classify.ts";
import type { Failure } from "./understanding.ts";

const lead = "^[\\s*>•·-]{0,20}";

/** `<a@b>: said`, as Postfix, qmail, Courier and Yahoo write it. */
const withColon = new RegExp(
  `${lead}${addressIn}\\s{0,5}(?:\\([^)]{0,200}\\))?\\s{0,5}[:;]\\s{0,5}(.{0,900})$`,
  "i",
);
/** The address alone on its line, its reason below. */
const alone = new RegExp(
  `${lead}(?:smtp:|to:|mailto:)?["'([]?${addressIn}["')\\].:;,]{0,4}\\s*(?:\\[?<?mailto:[^\\s]{1,300})?$`,
  "i",
);
/** `550 5.1.1 <a@b>... said`, as Sendmail writes it. */
const withReply = new RegExp(
  `^[\\s<>]{0,8}[45]\\d\\d[ -](?:[45]\\.\\d{1,3}\\.\\d{1,3} )?(?:\\W{0,3})${addressIn}(.{0,900})$`,
  "i",
);
/** `a@b said`, as Exchange, Zoho and McAfee write it. */
const withWords = new RegExp(`${lead}${addressIn}(?:\\.{3}|,| -)?\\s+(\\S.{1,900})$`, "i");
const command = new RegExp(
  `^\\s*(?:>>>|sent >>>|->|C:|In:)?\\s*RCPT TO:\\s*${addressIn}(.{0,900})$`,
  "i",
);
/** The address behind the name of what it is. */
const labelled = new RegExp(
  `(?:^|[^\\w@.-])(?:recipients?(?: address| name| was)?(?:\\(s\\))?|rcpt[ -]to|addressee?|failed address|undeliverable (?:to|address)|unknown (?:user|recipient|mailbox|address)|unable to deliver (?:message |mail )?(?:to|for)|not delivered to|delivery to|deliver(?:ed)? to|addressed to|delivering to|delivering mail to|sent to|message-id in|mailbox (?:of|for)|message (?:to|for)|mail to|user(?: unknown)?|e-?mail address|account|for|forward to|to address|destination|an|à|para|empfänger|destinatario|destinataire|destinatário|получател[ьюя]|адрес[ау]?|收件人|宛先|あて先|受信者|exceeds (?:allowed|maximum) size)(?: is| was)?\\s{0,5}[:=]?\\s{0,5}["'(]?${addressIn}(.{0,900})$`,
  "i",
);
const expandedFrom = new RegExp(`\\(expanded from:?\\s*${addressIn}`, "i");
/** `550 example.org (smtp)... 550 Host unknown` */
const hostSaid = /^[45]\d\d ([\w.-]{1,255}) \([a-z]{2,10}\)\.\.\./i;
const dialogue = /^\s*(?:<<<|>>>|[SC]: )/;

interface Reading {
  /** The line before an address, which is its reason where none comes after. */
  before: string;

  failures: Map<string, Failure & { before?: string }>;
  current: (Failure & { before?: string }) | null;
  said: boolean;
  /** The command that the lines answer. */
  phase: string;
  /** Only lines of an SMTP dialogue go on: what follows RCPT in a summary is no reason. */
  dialogueOnly: boolean;
  /** What a host said before its recipients are named (old Sendmail). */
  host: { name: string; said: string } | null;
}

/**
 * Reads the recipients and what was said of each out of a server's notice, line
 * by line. `ours` are addresses that the notice may name and that did not fail:
 * whom it is to and from. Weak patterns are asked only when the strong ones find
 * nobody.
 */
export function readNotice(text: string, ours: ReadonlySet<string>): Failure[] {
  const lines = text.split("\n", 3_000).map((line) => line.slice(0, 1_000).trimEnd());
  const strong = readLines(lines, ours, [withColon, alone, withReply, command]);
  if (strong.length > 0) return strong;
  const worded = readLines(lines, ours, [labelled]);
  return worded.length > 0 ? worded : readLines(lines, ours, [withWords]);
}

function readLines(lines: string[], ours: ReadonlySet<string>, patterns: RegExp[]): Failure[] {
  const reading: Reading = {
    before: "",
    failures: new Map(),
    current: null,
    said: false,
    phase: "",
    dialogueOnly: false,
    host: null,
  };
  for (const line of lines) {
    if (line.trim() === "") {
      // A reason may stand in the paragraph after the address, not in a later one.
      if (reading.said || reading.current?.before) reading.current = null;
      reading.before = "";
      continue;
    }
    const sent = /^\s*>>> ?(DATA|RCPT|MAIL FROM)/i.exec(line)?.[1];
    if (sent) reading.phase = `>>> ${sent.toUpperCase()} `;
    if (!begin(reading, line, ours, patterns)) continueWith(reading, line);
    reading.before = line.trim();
  }
  return [...reading.failures.values()].map(({ before, ...failure }) => ({
    ...failure,
    diagnostic: failure.diagnostic || (before ?? ""),
  }));
}

function begin(
  reading: Reading,
  line: string,
  ours: ReadonlySet<string>,
  patterns: RegExp[],
): boolean {
  if (!line.includes("@")) return false;
  const expanded = tidyAddress(expandedFrom.exec(line)?.[1] ?? "");
  if (expanded && /^\s*\(/.test(line)) {
    forwardTo(reading.current, expanded);
    return true;
  }
  for (const pattern of patterns) {
    const match = pattern.exec(line);
    const address = tidyAddress(match?.[1] ?? "");
    if (!match || !address || ours.has(address.toLowerCase()) || isDaemon(address)) continue;
    const said =
      pattern === withReply || pattern === labelled ? line.trim() : (match[2] ?? "").trim();
    const key = address.toLowerCase();
    const failure: Failure & { before?: string } = reading.failures.get(key) ?? {
      address,
      action: "failed",
      status: null,
      diagnostic: "",
    };
    reading.failures.set(key, failure);
    reading.current = failure;
    if (expanded && expanded !== address) forwardTo(failure, expanded);
    if (failure.diagnostic === "" && namesCause(reading.before)) failure.before = reading.before;
    reading.said = false;
    reading.dialogueOnly = pattern === command;
    if (reading.host && key.endsWith(`@${reading.host.name}`))
      say(reading, `${reading.host.said} ${said}`);
    else if (said) say(reading, `${reading.phase}${said}`);
    return true;
  }
  return false;
}

function namesCause(line: string): boolean {
  const cause = line === "" ? null : causeInWords(line);
  return cause !== null && !vague.has(cause);
}

/** A line that an alias was expanded: what we wrote to is the alias. */
function forwardTo(failure: Failure | null, alias: string): void {
  if (!failure || failure.final) return;
  failure.final = failure.address;
  failure.address = alias;
}

function continueWith(reading: Reading, line: string): void {
  if (/^\W{0,5}while talking to/i.test(line)) reading.current = null;
  const host = hostSaid.exec(line);
  if (host) {
    reading.host = { name: (host[1] ?? "").toLowerCase(), said: line.trim() };
    reading.current = null;
  }
  if (!reading.current) return;
  if (reading.dialogueOnly && !/^\s*(?:<<<|received <<<|Out:|[45]\d\d[ -])/i.test(line)) return;
  if (/^\s*-{3,}|^={3,}|^_{5,}/.test(line) && reading.said) {
    reading.current = null;
    return;
  }
  say(reading, dialogue.test(line) ? `${reading.phase}${line.trim()}` : line.trim());
}

function say(reading: Reading, words: string): void {
  const failure = reading.current;
  if (!failure || failure.diagnostic.length > 2_000) return;
  failure.diagnostic = `${failure.diagnostic} ${words}`.trim();
  // "because:" only announces what the next paragraph says.
  if (!/^[\w ]{1,40}:$/.test(words)) reading.said = true;
}
