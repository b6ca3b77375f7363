import { domainToASCII, domainToUnicode } from "node:url";
import { getDomain } from "tldts";
import { BoundedCache } from "./bounded-cache.ts";
import { isAscii, lowerCase, trimmed } from "./letters.ts";
import { type AddressProblem, isProblem, problem } from "./problem.ts";
import { type Provider, providerOf } from "./provider.ts";

/** What is known of a domain from its name alone. */
export interface MailDomain {
  /** A-labels, lower case */
  readonly domain: string;
  /** registrable domain by the public suffix list, its private part included */
  readonly rootDomain: string;
  readonly provider: Provider;
}

/** A million rows have some thousands of domains; the public suffix list is asked once for each. */
const known = new BoundedCache<MailDomain | AddressProblem>(20_000);

/** The domain as written after "@" in one form, or why it can hold no mailbox. */
export function mailDomain(written: string): MailDomain | AddressProblem {
  const hit = known.get(written);
  if (hit !== undefined) return hit;
  // An over-long key is refused cheaply and would only fill the memory.
  if (written.length > 255) return readDomain(written);
  // A copy: a slice of an import's text would keep its whole chunk of the file in memory for as
  // long as the entry lives.
  const own = Buffer.from(written, "utf16le").toString("utf16le");
  const answer = readDomain(own);
  known.set(own, answer);
  return answer;
}

/**
 * A domain to suppress: "example.org", "@example.org", "*.example.org", "*@example.org", in any
 * case, as A- or U-labels.
 */
export function parseDomain(
  input: string,
): { domain: string; rootDomain: string } | AddressProblem {
  const bare = trimmed(input)
    .replace(/^\*?@|^\*[.\u3002\uFF0E\uFF61]/u, "")
    .replace(/[.\u3002\uFF0E\uFF61]$/u, "");
  if (bare === "") return problem("domain_empty", "Write a domain such as example.org.");
  if (bare.includes("@")) {
    return problem("domain_is_address", "This is an email address; write only what follows the @.");
  }
  const found = mailDomain(bare);
  return isProblem(found) ? found : { domain: found.domain, rootDomain: found.rootDomain };
}

const asciiForbidden = /[\0-,/:-@[-`{-\x7f]/;

function readDomain(written: string): MailDomain | AddressProblem {
  const ascii = toAscii(written);
  if (isProblem(ascii)) return ascii;
  const wrong = faultOf(ascii);
  if (wrong) return wrong;
  return {
    domain: ascii,
    rootDomain: getDomain(ascii, { allowPrivateDomains: true, validateHostname: false }) ?? ascii,
    provider: providerOf(ascii),
  };
}

/** UTS 46 by the URL standard (node:url); full-width dots and letters are mapped by it. */
function toAscii(written: string): string | AddressProblem {
  // Before mapping: domainToASCII reads percent signs, ports and numeric hosts as a URL would.
  if (holdsForbidden(written)) {
    return problem(
      "email_domain_character",
      "The domain holds a character that no domain has; only letters, digits, hyphens and dots may stand after the @.",
    );
  }
  if (written.length > 1_000) return tooLong();
  if (isAscii(written)) {
    const lower = written.toLowerCase();
    if (!lower.includes("xn--")) return lower;
    const valid = domainToASCII(lower) === lower && !holdsForbidden(domainToUnicode(lower));
    return valid ? lower : badName();
  }
  const mapped = domainToASCII(lowerCase(written));
  if (mapped === "" || asciiForbidden.test(mapped)) return badName();
  return mapped;
}

/** Taken apart: "≮" is "<" with a stroke, which must not depend on how it was typed (UTS 46, STD3). */
function holdsForbidden(text: string): boolean {
  return asciiForbidden.test(text.normalize("NFD"));
}

function faultOf(domain: string): AddressProblem | undefined {
  if (domain.length > 253) return tooLong();
  const labels = domain.split(".");
  for (const label of labels) {
    if (label === "") {
      return problem(
        "email_domain_dots",
        "The domain has a dot too many; check what follows the @.",
      );
    }
    if (label.length > 63) {
      return problem(
        "email_domain_label_too_long",
        "A part of the domain is longer than 63 letters.",
      );
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      return problem("email_domain_hyphen", "A part of the domain starts or ends with a hyphen.");
    }
  }
  if (labels.length < 2) {
    return problem(
      "email_domain_no_dot",
      "The domain has no ending; write it in full, as in example.org.",
    );
  }
  const top = labels[labels.length - 1] ?? "";
  // RFC 3696 section 2: top-level domains are alphabetic; internationalised ones are A-labels.
  if (!/^[a-z]{2,63}$|^xn--[a-z0-9-]{2,}$/.test(top)) {
    return problem(
      "email_domain_ending",
      `No domain ends with ".${top}"; check what follows the last dot.`,
    );
  }
  return undefined;
}

function tooLong(): AddressProblem {
  return problem(
    "email_too_long",
    "The domain is longer than 253 letters, the most that DNS holds.",
  );
}

function badName(): AddressProblem {
  return problem(
    "email_domain_idn",
    "The domain is no valid internationalised name (IDNA); check its spelling.",
  );
}
