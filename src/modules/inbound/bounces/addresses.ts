const bare = "[^\\s<>()\\[\\]:;,\"'@\\\\]{1,128}@[a-z0-9](?:[\\w.-]{0,250}[a-z0-9])?";

/** Source of a pattern for one address in running text; group 1 is it. */
export const addressIn = `<?"?(${bare})"?>?`;

const first = new RegExp(`(${bare})`, "i");
const all = new RegExp(bare, "gi");

/** The first address in a text, null when there is none. */
export function firstAddress(text: string): string | null {
  const inAngles = /<([^<>\s@]{1,128}@[^<>\s@]{1,255})>/.exec(text)?.[1];
  return tidyAddress(inAngles ?? first.exec(text)?.[1] ?? "");
}

export function allAddresses(text: string): string[] {
  return text.match(all) ?? [];
}

/** RFC 5322 3.2.3: what needs no quotes. */
const dotAtom = /^[^.@"()]+(?:\.[^.@"()]+)*$/;

/**
 * An address as reports write it (`rfc822; <a@b>`, `"a"@b`, `a@b.`, `smtp:a@b`)
 * in its plain form; null for what is none.
 */
export function tidyAddress(text: string): string | null {
  const typed = text.replace(/^\s*(?:[\w/ -]{1,20}\s*;|(?:smtp|mailto|rfc822):)/i, "");
  const angled = /<\s*([^<>]{3,330})\s*>/.exec(typed)?.[1] ?? typed;
  const plain = angled
    .trim()
    .replace(/^["'[(]+(?=[^@]*@)|["')\].,;:>]+$/g, "")
    .replace(/^"?([^"\\\s]+)"(?=@)/, (_, local) =>
      dotAtom.test(local) || !angled.trim().startsWith('"') ? local : `"${local}"`,
    );
  const at = plain.lastIndexOf("@");
  if (at < 1 || at === plain.length - 1 || plain.length > 330) return null;
  return /\s/.test(plain) || !/^[\p{L}\p{N}]/u.test(plain.slice(at + 1)) ? null : plain;
}

/** Addresses that servers write from, never ones that they write about. */
export function isDaemon(address: string): boolean {
  return /^(?:mailer-daemon|mailerdaemon|mail-daemon|maildaemon|double-bounce|bounce-?handler)\b/i.test(
    address,
  );
}
