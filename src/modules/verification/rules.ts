/** What DNS says of a domain as a place for mail (RFC 5321 section 5.1, RFC 7505). */
export type MailDomain =
  | "accepts"
  | "no_domain"
  | "null_mx"
  | "no_mail_server"
  | "no_answer"
  | "not_asked";

export type Verdict = "valid" | "risky" | "invalid" | "unknown";

export interface Verification {
  verdict: Verdict;
  reasons: string[];
}

/** What the facts about an address come to. A resolver's silence never makes it invalid. */
export function verdictOf(facts: {
  domain: MailDomain;
  disposable: boolean;
  roleAccount: boolean;
  bounced: boolean;
}): Verification {
  const { domain } = facts;
  const flags = [
    ...(facts.disposable ? ["disposable"] : []),
    ...(facts.roleAccount ? ["role_account"] : []),
  ];
  if (facts.bounced) return { verdict: "invalid", reasons: ["bounced", ...flags] };
  if (domain === "no_domain" || domain === "null_mx" || domain === "no_mail_server")
    return { verdict: "invalid", reasons: [domain, ...flags] };
  if (domain !== "accepts") return { verdict: "unknown", reasons: [domain, ...flags] };
  return { verdict: flags.length > 0 ? "risky" : "valid", reasons: flags };
}

const hour = 3_600_000;
const day = 24 * hour;

/** Until when a verdict is kept: nine months; an unknown one an hour, then twice as long each time, a month at most. */
export function keptUntil(verdict: Verdict, tries: number, now: Date): Date {
  const keep = verdict === "unknown" ? Math.min(hour * 2 ** (tries - 1), 30 * day) : 274 * day;
  return new Date(now.getTime() + keep);
}
