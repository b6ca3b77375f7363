import type { SmtpPhase } from "./classify.ts";

/** Words by which servers name the command that was answered, the last one first. */
const spoken: readonly (readonly [SmtpPhase, RegExp])[] = [
  [
    "data",
    /(?:in reply to|following) (?:end of )?data|\[(?:data|body)\]|did not like our (?:data|final)|after (?:end of )?data|at end of data|>>> ?data|smtp command\s{1,5}data\b/i,
  ],
  [
    "recipient",
    /(?:in reply to|following) rcpt|\[rcpt_to\]|did not like our rcpt|after rcpt|>>> ?rcpt|does not like recipient|rcpt to response/i,
  ],
  [
    "sender",
    /(?:in reply to|following) mail\b|\[mail_from\]|did not like our mail|after mail from\b|>>> ?mail from|sender was rejected/i,
  ],
  [
    "greeting",
    /in reply to (?:helo|ehlo|initial|starttls|auth)|my name was rejected|after (?:helo|ehlo|initial connection)/i,
  ],
];

/** KDDI (EZweb, au) names the address when it refuses RCPT, and not when a filter refuses the message. */
const kddi = /550 <[^<>@\s]{1,100}@(?:ezweb\.ne\.jp|au\.com|uqmobile\.jp)>: user unknown/i;

const commands: Readonly<Record<string, SmtpPhase>> = {
  HELO: "greeting",
  EHLO: "greeting",
  MAIL: "sender",
  RCPT: "recipient",
  DATA: "data",
};

/**
 * The command that a diagnostic answers: named in its own words, else found in
 * the transcript of the dialogue (`>>> DATA`, `<<< 550 ...`); null when the
 * report does not tell.
 */
export function answeredPhase(diagnostic: string, notice: string): SmtpPhase | null {
  const words = diagnostic.slice(0, 2_000).replace(/\s+/g, " ");
  const named = spoken.find(([, pattern]) => pattern.test(words))?.[0];
  if (named) return named;
  if (kddi.test(words)) return "recipient";
  const wanted = words.trim().slice(0, 40);
  if (wanted === "") return null;
  const flat = notice.slice(0, 16 * 1024).replace(/\s+/g, " ");
  const at = flat.indexOf(wanted);
  const before = at > 0 ? flat.slice(Math.max(0, at - 60), at) : "";
  const announced = spoken.find(([, pattern]) => pattern.test(before))?.[0];
  if (announced) return announced;
  let phase: SmtpPhase | null = null;
  for (const line of notice.split("\n", 2_000)) {
    const sent = /^\s*>{3} ?(\w{4})/.exec(line)?.[1];
    if (sent) phase = commands[sent.toUpperCase()] ?? null;
    const answer = /^\s*<{3} ?(.{3,300})/.exec(line)?.[1]?.replace(/\s+/g, " ").trim();
    if (answer && (answer.startsWith(wanted) || wanted.startsWith(answer.slice(0, 40))))
      return phase;
  }
  return /smtp command\s{1,5}data\b/i.test(notice.slice(0, 8_000)) ? "data" : null;
}
