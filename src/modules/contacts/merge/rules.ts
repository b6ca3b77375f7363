import type { ContactFields, LiveContact } from "../queries.ts";
import type { FurtherAddress } from "../read-addresses.ts";
import { attributesAtMost, searchText, sortName } from "../rules.ts";
import type { Attributes } from "../schemas.ts";

/** What a merge may fill on the winner. */
export type Merged = ContactFields & { replied_at: Date | null; processed_at: Date | null };

const texts = ["first_name", "last_name", "company", "job_title"] as const;

/** The winner's values stay, and the loser's fill the gaps; so its email does where the winner has none. */
export function mergedFields(winner: LiveContact, loser: LiveContact): Merged {
  const merged = { ...winner };
  for (const name of texts) merged[name] = winner[name] || loser[name];
  merged.owner_id = winner.owner_id ?? loser.owner_id;
  merged.locale = winner.locale ?? loser.locale;
  if (winner.email === null) {
    const { email, email_key, email_domain_key, email_root_key, email_validity } = loser;
    Object.assign(merged, { email, email_key, email_domain_key, email_root_key, email_validity });
  }
  if (winner.phone === null) {
    const { phone, phone_key, phone_validity } = loser;
    Object.assign(merged, { phone, phone_key, phone_validity });
  }
  merged.attributes = mergedAttributes(winner.attributes, loser.attributes);
  merged.replied_at = latest(winner.replied_at, loser.replied_at);
  merged.processed_at = latest(winner.processed_at, loser.processed_at);
  return { ...merged, search_text: searchText(merged), sort_name: sortName(merged) };
}

function mergedAttributes(winner: Attributes, loser: Attributes): Attributes {
  const room = attributesAtMost - Object.keys(winner).length;
  const gaps = Object.entries(loser).filter(([name]) => !Object.hasOwn(winner, name));
  return { ...Object.fromEntries(gaps.slice(0, Math.max(0, room))), ...winner };
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/** The loser's addresses that become further ones of the winner: all that it has not got already. */
export function furtherGained(
  merged: Pick<Merged, "email" | "phone">,
  loser: LiveContact,
  further: readonly FurtherAddress[],
): FurtherAddress[] {
  const gained = [...further];
  if (loser.email !== null && loser.email_key !== null && loser.email !== merged.email) {
    gained.push({
      channel: "email",
      value: loser.email,
      key: loser.email_key,
      domainKey: loser.email_domain_key,
    });
  }
  if (loser.phone !== null && loser.phone_key !== null && loser.phone !== merged.phone) {
    gained.push({ channel: "sms", value: loser.phone, key: loser.phone_key, domainKey: null });
  }
  return gained;
}

type Value = string | null;

/** Each field that the merge filled, before and after; times as RFC 3339, attributes as JSON. */
export type Filled = Record<string, [before: Value, after: Value]>;

const filledFields = [
  ...texts,
  "owner_id",
  "locale",
  "email",
  "email_key",
  "email_domain_key",
  "email_root_key",
  "email_validity",
  "phone",
  "phone_key",
  "phone_validity",
  "replied_at",
  "processed_at",
] as const;

function textOf(value: string | Date | null): Value {
  return value instanceof Date ? value.toISOString() : value;
}

export function filledBy(before: LiveContact, after: Merged): Filled {
  const filled: Filled = {};
  for (const name of filledFields) {
    const [was, is] = [textOf(before[name]), textOf(after[name])];
    if (was !== is) filled[name] = [was, is];
  }
  for (const name of Object.keys(after.attributes)) {
    if (!Object.hasOwn(before.attributes, name)) {
      filled[`attributes.${name}`] = [null, JSON.stringify(after.attributes[name])];
    }
  }
  return filled;
}

/** The winner without what the merge filled, so far as it still is as the merge left it. */
export function unfilled(now: LiveContact, filled: Filled): Merged {
  const after = { ...now, attributes: { ...now.attributes } };
  for (const [name, [was, is]] of Object.entries(filled)) {
    if (name.startsWith("attributes.")) {
      const attribute = name.slice("attributes.".length);
      if (JSON.stringify(now.attributes[attribute]) === is) delete after.attributes[attribute];
    } else {
      const field = name as (typeof filledFields)[number];
      if (textOf(now[field]) !== is) continue;
      const isTime = field === "replied_at" || field === "processed_at";
      Object.assign(after, { [field]: isTime && was !== null ? new Date(was) : was });
    }
  }
  // An address is one with its keys: they go and stay together.
  if (after.email !== null && after.email === now.email) {
    const { email_key, email_domain_key, email_root_key, email_validity } = now;
    Object.assign(after, { email_key, email_domain_key, email_root_key, email_validity });
  }
  if (after.email === null) after.email_validity = "unknown";
  if (after.phone === null) after.phone_validity = "unknown";
  if (after.phone !== null && after.phone === now.phone) {
    Object.assign(after, { phone_key: now.phone_key, phone_validity: now.phone_validity });
  }
  return { ...after, search_text: searchText(after), sort_name: sortName(after) };
}
