import { type MailDomain, mailDomain } from "./domain.ts";
import { caseFold, isAscii, lowerCase, trimmed } from "./letters.ts";
import { type AddressProblem, isProblem, problem } from "./problem.ts";
import { foldLocal } from "./provider.ts";
import { isRoleLocal } from "./role.ts";

/**
 * An email address in the one form that identity and the wire use.
 *
 * The local part is lower case. RFC 5321 lets a server tell cases apart; no provider of note does,
 * and two contacts that differ by case would be one person written to twice.
 */
export interface EmailAddress {
  /** `local@domain`, as written in RCPT TO; needs SMTPUTF8 when the local part is not ASCII */
  readonly normalised: string;
  readonly local: string;
  /** A-labels, lower case */
  readonly domain: string;
  /** for stopping only: spellings that reach one mailbox are one (provider.ts) */
  readonly folded: string;
  /** registrable domain by the public suffix list */
  readonly rootDomain: string;
  /** names a function (info@, noreply@), not a person */
  readonly isRole: boolean;
}

/** dot-atom "@" name: what nearly every row of an import is. RFC 5322 section 3.2.3. */
const plain = /^([a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@([a-z0-9.-]+)$/i;

/**
 * Reads one deliverable address: a dot-atom local part, internationalised letters allowed
 * (RFC 6531), at a domain name. Quoted strings, comments and domain literals are refused: they
 * are legal, no person has one, and each is a way to write to another address than the one
 * that was checked (S4).
 */
export function parseEmail(input: string): EmailAddress | AddressProblem {
  const match = input.length <= 320 ? plain.exec(input) : null;
  if (match) return assemble(match[1]?.toLowerCase() ?? "", match[2] ?? "");
  return parseUnusual(input);
}

function parseUnusual(input: string): EmailAddress | AddressProblem {
  if (input.length > 2_000) return tooLong();
  // NFC first: it turns U+037E into a semicolon and U+212A into K.
  const text = trimmed(input).normalize("NFC");
  const fault = faultOf(text);
  if (fault) return fault;
  const at = text.indexOf("@");
  const local = lowerCase(text.slice(0, at));
  if (local.startsWith(".") || local.endsWith(".") || local.includes("..")) {
    return problem(
      "email_local_dots",
      "A dot may not begin or end the part before the @, nor follow another.",
    );
  }
  return assemble(local, text.slice(at + 1));
}

function assemble(local: string, writtenDomain: string): EmailAddress | AddressProblem {
  const found = mailDomain(writtenDomain);
  if (isProblem(found)) return found;
  const ascii = isAscii(local);
  const octets = ascii ? local.length : Buffer.byteLength(local);
  if (octets > 64) {
    return problem(
      "email_local_too_long",
      "The part before the @ is longer than 64 octets (RFC 5321).",
    );
  }
  // RFC 5321 section 4.5.3.1.3: a path is 256 octets, two of them the angle brackets.
  if (octets + 1 + found.domain.length > 254) return tooLong();
  return {
    normalised: `${local}@${found.domain}`,
    local,
    domain: found.domain,
    folded: foldAddress(ascii ? local : caseFold(local), found),
    rootDomain: found.rootDomain,
    isRole: isRoleLocal(local),
  };
}

function foldAddress(local: string, { domain, provider }: MailDomain): string {
  return `${foldLocal(local, provider)}@${provider.domain ?? domain}`;
}

/** What cannot be an address at all, most telling reason first. */
function faultOf(text: string): AddressProblem | undefined {
  if (text === "") return problem("email_empty", "Write an email address.");
  // Unassigned characters too: their NFC form may change when Unicode assigns them.
  if (/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u.test(text)) {
    return problem(
      "email_control_character",
      "The address holds a line break or another control character; remove it.",
    );
  }
  if (text.includes('"')) {
    return problem(
      "email_quoted",
      "Quoted local parts are not written to; give the plain address without quotes.",
    );
  }
  if (/[()]/.test(text)) {
    return problem(
      "email_comment",
      "The address holds a comment in brackets; give the address alone.",
    );
  }
  if (/[<>]/.test(text)) {
    return problem(
      "email_angle_brackets",
      "Give the address alone, without a name and angle brackets.",
    );
  }
  if (/[,;]/.test(text)) {
    return problem("email_several", "Give one address; this holds a comma or semicolon.");
  }
  const at = text.indexOf("@");
  if (at < 0) return problem("email_no_at", "An email address has an @, as in name@example.org.");
  if (text.indexOf("@", at + 1) >= 0) {
    return problem("email_two_ats", "The address has more than one @; give one address.");
  }
  if (at === 0) return problem("email_no_local", "The part before the @ is missing.");
  if (at === text.length - 1)
    return problem("email_no_domain", "The domain after the @ is missing.");
  if (/\s/u.test(text)) return problem("email_space", "The address holds a space; remove it.");
  if (text[at + 1] === "[") {
    return problem(
      "email_domain_literal",
      "Addresses at an IP number are not written to; give a domain.",
    );
  }
  if (/[[\]\\:]/.test(text.slice(0, at))) {
    return problem(
      "email_local_character",
      "The part before the @ holds a character that needs quoting; check it.",
    );
  }
  return undefined;
}

function tooLong(): AddressProblem {
  return problem(
    "email_too_long",
    "The address is longer than 254 octets, the most that SMTP carries.",
  );
}
