import { HeedError } from "../../kernel/errors.ts";

/** What a key may do: its scopes, so far as its user still has them. Null scopes are all of its user's. */
export function effectivePermissions(
  ofUser: readonly string[],
  scopes: readonly string[] | null,
): ReadonlySet<string> {
  return new Set(
    scopes === null ? ofUser : ofUser.filter((permission) => scopes.includes(permission)),
  );
}

/** The spelling under which a user's email is kept and found: sign-in ignores case and nothing else. */
export function userEmail(written: string): string {
  return written.trim().normalize("NFC").toLowerCase();
}

/**
 * The time zone as the IANA database spells it. Offsets such as +02:00 are
 * refused: they know no summer time, and PostgreSQL reads their sign backwards.
 * @throws HeedError unknown_time_zone
 */
export function knownTimeZone(name: string): string {
  try {
    if (!/^[A-Za-z]/.test(name)) throw new RangeError();
    const resolved = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    return resolved.toLowerCase() === name.toLowerCase() ? resolved : name;
  } catch {
    throw new HeedError(
      "unknown_time_zone",
      `There is no time zone "${name}". Write it as in Europe/Berlin, America/New_York or UTC.`,
      { time_zone: name },
    );
  }
}

/** The language tag in its canonical form, e.g. pt-BR. @throws HeedError unknown_locale */
export function knownLocale(tag: string): string {
  try {
    const canonical = Intl.getCanonicalLocales(tag)[0];
    if (canonical) return canonical;
  } catch {
    // Answered below.
  }
  throw new HeedError(
    "unknown_locale",
    `"${tag}" is no language tag. Write it as in en, de or pt-BR.`,
  );
}
