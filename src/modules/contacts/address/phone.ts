import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";
import { trimmed } from "./letters.ts";
import { type AddressProblem, problem } from "./problem.ts";

export interface PhoneNumber {
  /** E.164, as "+32470123456" */
  readonly normalised: string;
  /** ISO 3166-1 alpha-2; null where the number alone does not tell. Worked out when read. */
  readonly country: string | null;
}

/**
 * Reads one telephone number. Without a leading + it is read as dialled within
 * `defaultCountry` (ISO 3166-1 alpha-2). Lengths and prefixes are those of libphonenumber's
 * "possible": a new number range is no reason to lose a contact, or its stop.
 */
export function parsePhone(input: string, defaultCountry?: string): PhoneNumber | AddressProblem {
  return readE164(input) ?? readWritten(input, defaultCountry);
}

/** The number, its country looked up only when asked: for +1 and +44 that costs 10 µs and more. */
class Parsed implements PhoneNumber {
  #country: string | null | undefined;
  readonly normalised: string;

  constructor(normalised: string, country: string | null | undefined) {
    this.normalised = normalised;
    this.#country = country;
  }

  get country(): string | null {
    if (this.#country === undefined) {
      this.#country = parsePhoneNumberFromString(this.normalised)?.country ?? null;
    }
    return this.#country;
  }

  toJSON(): PhoneNumber {
    return { normalised: this.normalised, country: this.country };
  }
}

/** What must hold of the digits after a calling code for the library to leave them as they are. */
interface Plan {
  readonly lengths: ReadonlySet<number>;
  readonly nationalPrefix: RegExp | undefined;
  readonly country: string | undefined;
}

let plans: ReadonlyMap<string, Plan> | undefined;

/** Already E.164: answered from a table made of the library's own rules, in under 1 µs. */
function readE164(input: string): PhoneNumber | undefined {
  if (!/^\+[1-9]\d{6,14}$/.test(input)) return undefined;
  plans ??= readPlans();
  for (let length = 1; length <= 3; length++) {
    const plan = plans.get(input.slice(1, 1 + length));
    if (plan === undefined) continue;
    const national = input.slice(1 + length);
    if (!plan.lengths.has(national.length)) return undefined;
    if (plan.nationalPrefix?.test(national)) return undefined;
    return new Parsed(input, plan.country);
  }
  return undefined;
}

function readPlans(): Map<string, Plan> {
  const countries = new Map<string, CountryCode[]>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    countries.set(code, [...(countries.get(code) ?? []), country]);
  }
  const table = new Map<string, Plan>();
  for (const [code, sharing] of countries) {
    const metadata = new Metadata();
    // Lengths that not all countries of a code have (eight digits in +599) are left to the library.
    const shared = sharing.map(lengthsOf).reduce((all, own) => all.filter((n) => own.includes(n)));
    metadata.selectNumberingPlan(code as CountryCode);
    const plan = metadata.numberingPlan as unknown as {
      nationalPrefixForParsing(): string | undefined;
    };
    const prefix = plan.nationalPrefixForParsing();
    table.set(code, {
      lengths: new Set(shared),
      // At least one character: some patterns match nothing at all, which changes nothing.
      nationalPrefix: prefix ? new RegExp(`^(?=.)(?:${prefix})(?<!^)`) : undefined,
      country: sharing.length === 1 ? sharing[0] : undefined,
    });
  }
  return table;
}

function lengthsOf(country: CountryCode): number[] {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  return metadata.numberingPlan?.possibleLengths() ?? [];
}

function readWritten(input: string, defaultCountry?: string): PhoneNumber | AddressProblem {
  // Spreadsheets, and our own rejected rows, put an apostrophe before "+" to keep it text.
  const text = trimmed(input.slice(0, 200))
    .replace(/^['\u2019]\s*(?=[+\d(\uFF0B])/u, "")
    .replace(/^tel:/i, "")
    .replace(/\uFF0B/gu, "+");
  if (text === "") return problem("phone_empty", "Write a telephone number.");
  if (/[\p{Cc}\p{L}<>@;,]/u.test(text) || input.length > 200) {
    return problem(
      "phone_not_a_number",
      "Write one number in digits, such as +32 470 12 34 56, without words or an extension.",
    );
  }
  if (defaultCountry !== undefined && !isSupportedCountry(defaultCountry)) {
    return problem(
      "phone_unknown_country",
      `"${defaultCountry}" is no country code; use two letters such as BE.`,
    );
  }
  // "00" is how Europe and most of the world dial "+"; "(0)" is dropped when dialling from abroad.
  const dialled = text.replace(/^\(?00\)?(?=[\s\d])/, "+").replace(/^(\+.*?)\(0\)/, "$1");
  const international = /^\(?\+/.test(dialled);
  if (!international && defaultCountry === undefined) {
    return problem(
      "phone_no_country",
      "Write the number with + and its country code, or choose the country for numbers without one.",
    );
  }
  const found = parsePhoneNumberFromString(dialled, {
    defaultCountry: defaultCountry as CountryCode | undefined,
    extract: false,
  });
  if (found === undefined) {
    return problem(
      "phone_not_a_number",
      "This is no telephone number; write it as +32 470 12 34 56.",
    );
  }
  if (found.ext) {
    return problem("phone_extension", "Messages reach no extension; give the direct number.");
  }
  if (!found.isPossible()) {
    return problem(
      "phone_wrong_length",
      `No number of ${found.country ?? `country code +${found.countryCallingCode}`} has this many digits; check it.`,
    );
  }
  // Idempotent (S10): of numbers that no one has the library may strip a 0 each time it is asked.
  const again =
    readE164(found.number)?.normalised ?? parsePhoneNumberFromString(found.number)?.number;
  if (again !== found.number) {
    return problem(
      "phone_not_a_number",
      "This number begins with a zero too many; write it as +32 470 12 34 56.",
    );
  }
  return new Parsed(found.number, found.country ?? null);
}
