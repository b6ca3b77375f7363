import type { Claim, LoggedStop } from "./race-log.ts";

/**
 * Whom a stop covers, written a second time from product.md's table on purpose:
 * the checker must not ask the code that it checks.
 */
export interface Book {
  /** Keys of each contact's further addresses; they do not change in a race. */
  furtherKeys: ReadonlyMap<string, readonly string[]>;
  /** A stopped domain's key, by the domain as it stands in the addresses. */
  domainKeys: ReadonlyMap<string, string>;
}

/** Every subject whose stops may cover this claim. */
export function subjectsOf(claim: Claim, book: Book): string[] {
  const domain = book.domainKeys.get(claim.address.slice(claim.address.lastIndexOf("@") + 1));
  return [
    claim.contactId,
    claim.key,
    ...(domain ? [domain] : []),
    ...(book.furtherKeys.get(claim.contactId) ?? []),
  ];
}

export function covers(stop: LoggedStop, claim: Claim, book: Book): boolean {
  if (stop.channel !== null && stop.channel !== "email") return false;
  const bySubject =
    stop.subject === claim.contactId ||
    stop.subject === claim.key ||
    (stop.subjectType === "domain" && subjectsOf(claim, book).includes(stop.subject)) ||
    ((stop.kind === "unsubscribe" || stop.cause === "complaint") &&
      (book.furtherKeys.get(claim.contactId) ?? []).includes(stop.subject));
  if (!bySubject) return false;
  if (stop.kind === "unsubscribe") return stop.topicId === null || stop.topicId === claim.topicId;
  if (stop.kind === "do_not_contact") {
    return stop.campaignId === null || stop.campaignId === claim.campaignId;
  }
  return true;
}
