import type { Secrets } from "../../../kernel/secrets.ts";
import {
  isProblem,
  keyOfAddress,
  keyOfDomain,
  parseDomain,
  parseEmail,
  parsePhone,
} from "../../contacts/index.ts";
import type { AddressStopFilter } from "./queries.ts";

/**
 * What a search of the suppressions looks for: an address (with the stops of its
 * domain), a domain (with the addresses in it), a wildcard such as
 * `*@example.org` or `ann*`, or part of an address.
 */
export function searchedFor(
  secrets: Secrets,
  q: string,
): Pick<AddressStopFilter, "patterns" | "keys"> {
  const text = q.trim().toLowerCase();
  if (text === "") return { patterns: null, keys: [] };
  const domain = domainOf(text);
  if (domain) {
    return {
      patterns: [likePattern(domain), `%@${likePattern(domain)}`],
      keys: [keyOfDomain(secrets, domain).key],
    };
  }
  if (text.includes("*")) return { patterns: [likePattern(text)], keys: [] };
  const keys = keysOfAddress(secrets, text);
  return keys ? { patterns: [], keys } : { patterns: [`%${likePattern(text)}%`], keys: [] };
}

/** Keys of an address and of the domains that cover it; null when it is no address. */
export function keysOfAddress(secrets: Secrets, text: string): string[] | null {
  const email = parseEmail(text);
  if (!isProblem(email)) {
    const domains = new Set([email.domain, email.rootDomain]);
    return [
      keyOfAddress(secrets, "email", text).key,
      ...[...domains].map((domain) => keyOfDomain(secrets, domain).key),
    ];
  }
  if (text.includes("@") || isProblem(parsePhone(text))) return null;
  return [keyOfAddress(secrets, "sms", text).key];
}

/** `example.org`, `@example.org` or `*@example.org`; not a wildcard within a name. */
export function domainOf(text: string): string | null {
  if (/^[+\d\s().-]+$/.test(text)) return null; // a telephone number
  const bare = text.replace(/^\*?@/, "");
  if (bare.includes("*") || bare.includes("@") || !bare.includes(".")) return null;
  const found = parseDomain(bare);
  return isProblem(found) ? null : found.domain;
}

/** A wildcard as a LIKE pattern: only `*` has a meaning. */
function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
}
