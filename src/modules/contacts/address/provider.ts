/**
 * How mail providers deliver different spellings to one mailbox. For stopping only: a folded
 * address is looked up among stops, never used for identity, merging or sign-in (S10).
 *
 * Unknown domains have "+tag" folded as well. Many servers treat "+" as a tag without saying so,
 * nearly none gives "a+b" to another person than "a", and since folding only ever blocks, the
 * price of being wrong is one message not sent. Dots are folded only where the provider says so.
 */
export interface Provider {
  /** the domain that stands for all domains of the same mailbox */
  readonly domain?: string;
  /** what the provider ignores inside a local part */
  readonly ignored?: RegExp;
  /** what starts a tag besides "+" */
  readonly tag?: string;
}

const tagOnly: Provider = {};
// https://support.google.com/mail/answer/7436150 and /10313
const google: Provider = { domain: "gmail.com", ignored: /\./g };
// https://support.apple.com/en-us/102540: one account answers at all three.
const apple: Provider = { domain: "icloud.com" };
// https://proton.me/support/addresses-and-aliases: one user name on all domains, [._-] ignored.
const proton: Provider = { domain: "proton.me", ignored: /[._-]/g };
// https://help.yahoo.com/kb/SLN28815.html: base-keyword; a base name holds no hyphen.
const yahoo: Provider = { tag: "-" };
// https://yandex.com/support/mail/web/preferences/email.html: one mailbox, "." is "-".
const yandex: Provider = { domain: "yandex.ru", ignored: /[.-]/g };

const byDomain = new Map<string, Provider>([
  ...["gmail.com", "googlemail.com"].map((d) => [d, google] as const),
  ...["icloud.com", "me.com", "mac.com"].map((d) => [d, apple] as const),
  ...["proton.me", "protonmail.com", "protonmail.ch", "pm.me"].map((d) => [d, proton] as const),
  ...["yahoo.com", "ymail.com", "rocketmail.com", "myyahoo.com"].map((d) => [d, yahoo] as const),
  ...["ya.ru", "yandex.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua"].map(
    (d) => [d, yandex] as const,
  ),
  ...["outlook.com", "hotmail.com", "live.com", "msn.com", "fastmail.com", "fastmail.fm"].map(
    (d) => [d, tagOnly] as const,
  ),
]);

/** The rules of a domain (A-label, lower case). */
export function providerOf(domain: string): Provider {
  const known = byDomain.get(domain);
  if (known) return known;
  // yahoo.co.uk, yahoo.com.br, yahoo.fr …
  if (/^yahoo\.(?:[a-z]{2}|com?\.[a-z]{2})$/.test(domain)) return yahoo;
  return tagOnly;
}

/** The local part as the provider reads it; `local` is in normalised form. Idempotent. */
export function foldLocal(local: string, provider: Provider): string {
  let base = beforeTag(local, "+");
  if (provider.tag !== undefined) base = beforeTag(base, provider.tag);
  if (provider.ignored) base = base.replace(provider.ignored, "") || base;
  return base;
}

function beforeTag(local: string, mark: string): string {
  const at = local.indexOf(mark);
  if (at <= 0) return local;
  // "a.+tag" would leave "a.", which is no address.
  let end = at;
  while (end > 0 && local.charCodeAt(end - 1) === 46) end--;
  return end === 0 ? local : local.slice(0, end);
}
