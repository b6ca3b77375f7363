import { HeedError } from "../../kernel/errors.ts";
import type { Secrets } from "../../kernel/secrets.ts";
import { type Channel, isProblem, parseDomain, parseEmail, parsePhone } from "./address/index.ts";
import { domainKey, emailKey, phoneKey } from "./address/keys.ts";

export interface GivenAddress {
  channel: Channel;
  value: string;
}

/** An address beside the primary ones, or a primary number's channels where they are not just SMS. */
export interface FurtherAddress {
  channel: Channel;
  value: string;
  key: string;
  domainKey: string | null;
}

export interface PrimaryEmail {
  email: string | null;
  email_key: string | null;
  email_domain_key: string | null;
  email_root_key: string | null;
}

/** A contact's addresses as its rows hold them. */
export interface Addresses extends PrimaryEmail {
  phone: string | null;
  phone_key: string | null;
  further: FurtherAddress[];
}

export const noAddresses: Addresses = {
  email: null,
  email_key: null,
  email_domain_key: null,
  email_root_key: null,
  phone: null,
  phone_key: null,
  further: [],
};

/**
 * Normalises addresses and gives each its key. The first email and the first number are primary.
 * Throws `validation_failed` naming every address that cannot be read.
 */
export function readAddresses(
  secrets: Secrets,
  given: readonly GivenAddress[],
  defaultCountry?: string,
): Addresses {
  const problems: { field: string; problem: string }[] = [];
  const read: FurtherAddress[] = [];
  const result: Addresses = { ...noAddresses, further: [] };
  given.forEach(({ channel, value }, index) => {
    const address = readOne(secrets, channel, value, defaultCountry);
    if ("message" in address) {
      problems.push({ field: `addresses.${index}.value`, problem: address.message });
    } else if (!read.some((other) => other.channel === channel && other.value === address.value)) {
      read.push({ channel, value: address.value, key: address.key, domainKey: address.domainKey });
      if (channel === "email" && result.email === null) {
        result.email = address.value;
        result.email_key = address.key;
        result.email_domain_key = address.domainKey;
        result.email_root_key = address.rootKey;
      } else if (channel !== "email" && result.phone === null) {
        result.phone = address.value;
        result.phone_key = address.key;
      }
    }
  });
  if (problems.length > 0) {
    throw new HeedError(
      "validation_failed",
      `Correct these fields: ${problems.map((each) => `${each.field}: ${each.problem}`).join("; ")}`,
      { fields: problems },
    );
  }
  const ofPhone = read.filter((each) => each.channel !== "email" && each.value === result.phone);
  const smsAlone = ofPhone.length === 1 && ofPhone[0]?.channel === "sms";
  result.further = read.filter(
    (each) =>
      !(each.channel === "email" && each.value === result.email) &&
      !(smsAlone && each === ofPhone[0]),
  );
  return result;
}

interface ReadAddress {
  value: string;
  key: string;
  domainKey: string | null;
  rootKey: string | null;
}

function readOne(
  secrets: Secrets,
  channel: Channel,
  value: string,
  defaultCountry?: string,
): ReadAddress | { message: string; problem: string } {
  if (channel === "email") {
    const email = parseEmail(value);
    if (isProblem(email)) return email;
    return {
      value: email.normalised,
      key: emailKey(secrets, email),
      domainKey: domainKey(secrets, email.domain),
      rootKey: email.rootDomain === email.domain ? null : domainKey(secrets, email.rootDomain),
    };
  }
  const phone = parsePhone(value, defaultCountry);
  if (isProblem(phone)) return phone;
  return {
    value: phone.normalised,
    key: phoneKey(secrets, phone.normalised),
    domainKey: null,
    rootKey: null,
  };
}

/** The key that stops know an address by, and its normalised form. Throws `address_invalid`. */
export function keyOfAddress(
  secrets: Secrets,
  channel: Channel,
  value: string,
  defaultCountry?: string,
): { key: string; value: string } {
  const address = readOne(secrets, channel, value, defaultCountry);
  if ("message" in address) {
    throw new HeedError("address_invalid", address.message, { problem: address.problem });
  }
  return { key: address.key, value: address.value };
}

/** The key that stops know a mail domain by, and its normalised form. Throws `address_invalid`. */
export function keyOfDomain(secrets: Secrets, domain: string): { key: string; domain: string } {
  const parsed = parseDomain(domain);
  if (isProblem(parsed)) {
    throw new HeedError("address_invalid", parsed.message, { problem: parsed.problem });
  }
  return { key: domainKey(secrets, parsed.domain), domain: parsed.domain };
}
