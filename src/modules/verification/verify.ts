import type { Resolver } from "node:dns/promises";
import type { Database, Tx } from "../../kernel/database/index.ts";
import { liftStop, makeStop } from "../consent/index.ts";
import { isProblem, parseEmail, setEmailValidity } from "../contacts/index.ts";
import { system } from "../ledger/index.ts";
import { isDisposable } from "./disposable.ts";
import { askDomain, seesTheWorld } from "./mail-domain.ts";
import {
  bouncedAmong,
  type Candidate,
  invalidAddressStops,
  upsertVerification,
} from "./queries.ts";
import { keptUntil, type MailDomain, type Verdict, verdictOf } from "./rules.ts";

const askedAtOnce = 20;

/**
 * Looks at addresses and does what the verdicts say: DNS first, with no transaction open, then a
 * short transaction for each address that needs one. Without a resolver, domains are not asked.
 */
export async function verifyCandidates(
  db: Database,
  workspaceId: string,
  candidates: readonly Candidate[],
  request: { resolver: Resolver | null; now: Date },
): Promise<void> {
  const open = candidates.filter((each) => each.known === null);
  const domains = await askDomains(
    request.resolver,
    open.map((each) => domainOf(each.email)),
  );
  for (const candidate of candidates) {
    // Asked before, for another contact or another day: only what follows for this one.
    const settled = candidate.known !== null && follows(candidate) === null;
    if (settled) continue;
    await db.inWorkspace(workspaceId, (tx) =>
      apply(tx, candidate, domains.get(domainOf(candidate.email)) ?? "not_asked", request.now),
    );
  }
}

async function apply(tx: Tx, candidate: Candidate, domain: MailDomain, now: Date): Promise<void> {
  let verdict = candidate.known;
  if (verdict === null) {
    const bounced = await bouncedAmong(tx, [candidate.email_key]);
    const email = parseEmail(candidate.email);
    const found = verdictOf({
      domain,
      disposable: !isProblem(email) && isDisposable(email.rootDomain),
      roleAccount: !isProblem(email) && email.isRole,
      bounced: bounced.size > 0,
    });
    verdict = found.verdict;
    const tries = verdict === "unknown" ? candidate.tries + 1 : 1;
    await upsertVerification(tx, {
      ...found,
      key: candidate.email_key,
      at: now,
      tries,
      expiresAt: keptUntil(verdict, tries, now),
    });
  }
  const validity = follows({ ...candidate, known: verdict });
  if (validity === null) return;
  // The address may have been edited since it was read: then this verdict is not about it.
  if (!(await setEmailValidity(tx, candidate.id, candidate.email, validity))) return;
  if (validity === "invalid") {
    await makeStop(tx, {
      kind: "deactivation",
      subject: { contactId: candidate.id },
      cause: "invalid_address",
      actor: system,
    });
    return;
  }
  for (const stopId of await invalidAddressStops(tx, candidate.id)) {
    await liftStop(tx, {
      stopId,
      actor: system,
      lifter: { as: "system", permissions: new Set() },
      authorization: "the address was verified again and is valid",
    });
  }
}

/** The validity that the contact gets by what is known; null when nothing changes. */
function follows(candidate: { known: Verdict | null; email_validity: string }) {
  if (candidate.known === null || candidate.known === "unknown") return null;
  const validity = candidate.known === "invalid" ? "invalid" : "valid";
  return validity === candidate.email_validity ? null : validity;
}

/** Each domain once, a few at a time. A resolver that does not see the world has said nothing. */
async function askDomains(
  resolver: Resolver | null,
  names: readonly string[],
): Promise<Map<string, MailDomain>> {
  const domains = [...new Set(names)];
  const answers = new Map<string, MailDomain>();
  if (resolver === null || domains.length === 0) return answers;
  const ask = async () => {
    for (let domain = domains.pop(); domain !== undefined; domain = domains.pop())
      answers.set(domain, await askDomain(resolver, domain));
  };
  await Promise.all(Array.from({ length: askedAtOnce }, ask));
  const denied = [...answers].filter(([, said]) => said !== "accepts" && said !== "no_answer");
  if (denied.length > 0 && !(await seesTheWorld(resolver))) {
    for (const [domain] of denied) answers.set(domain, "no_answer");
  }
  return answers;
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}
