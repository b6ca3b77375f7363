import { isDeepStrictEqual } from "node:util";
import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, record } from "../ledger/index.ts";
import { addressTaken } from "./create-contact.ts";
import {
  type ContactFields,
  findHolder,
  type LiveContact,
  listFurther,
  lockContact,
  replaceFurther,
  updateContact,
} from "./queries.ts";
import { type FurtherAddress, readAddresses } from "./read-addresses.ts";
import { attributesProblem, searchText, sortName } from "./rules.ts";
import type { Attributes, ContactChanges } from "./schemas.ts";
import { checkOwner, isVisible, noContact, requireVisible, type Viewer } from "./visibility.ts";

/** What follows from a change of addresses: fences are bumped, queued mail to the old one goes. */
export type AfterAddressChange = (
  tx: Tx,
  change: { contactId: string; keysBefore: string[]; keysAfter: string[] },
) => Promise<void>;

/**
 * Changes what is named and leaves the rest. A changed address counts as unverified again; stops
 * stay with the addresses they were made on (S5). Throws `state_conflict` when the contact
 * changed since `updated_at`, and `address_taken` when another live contact has the new identity.
 */
export async function editContact(
  tx: Tx,
  act: {
    contactId: string;
    changes: ContactChanges;
    viewer: Viewer;
    actor: Actor;
    defaultCountry?: string;
    afterAddressChange: AfterAddressChange;
  },
): Promise<LiveContact> {
  const { contactId, changes, viewer } = act;
  const before = await lockContact(tx, contactId);
  if (!before || !isVisible(viewer, before)) throw noContact();
  requireUnchanged(before, changes.updated_at);
  const further = await listFurther(tx, [contactId]);
  const addresses = changes.addresses
    ? readAddresses(tx.secrets, changes.addresses, act.defaultCountry)
    : { ...before, further: null };
  if (changes.owner_id !== undefined && changes.owner_id !== before.owner_id) {
    await checkOwner(tx, viewer, changes.owner_id);
  }
  const { further: furtherAfter, ...primary } = addresses;
  const after = fieldsAfter(before, changes, primary);
  const changed = changedFields(before, after);
  const keysBefore = keysOf(before, further);
  const keysAfter = furtherAfter ? keysOf(after, furtherAfter) : keysBefore;
  const furtherChanged = furtherAfter !== null && !sameAddresses(further, furtherAfter);
  if (furtherChanged && !changed.includes("addresses")) changed.push("addresses");
  if (changed.length === 0) return before;
  if (!(await updateContact(tx, contactId, after))) {
    throw addressTaken(await findHolder(tx, after, contactId), after, viewer);
  }
  if (furtherChanged)
    await replaceFurther(
      tx,
      contactId,
      furtherAfter,
      furtherAfter.map(() => newId()),
    );
  await record(tx, {
    act: "contact.edited",
    actor: act.actor,
    contactId,
    detail: { fields: changed },
  });
  if (!isDeepStrictEqual([...keysBefore].sort(), [...keysAfter].sort())) {
    await act.afterAddressChange(tx, { contactId, keysBefore, keysAfter });
  }
  return requireVisible(tx, viewer, contactId);
}

function requireUnchanged(contact: LiveContact, updatedAt: string | undefined): void {
  if (updatedAt === undefined || Date.parse(updatedAt) === contact.updated_at.getTime()) return;
  throw new HeedError(
    "state_conflict",
    "Somebody changed this contact since you opened it. Load it again, then make your change.",
    { updated_at: contact.updated_at.toISOString() },
  );
}

function fieldsAfter(
  before: LiveContact,
  changes: ContactChanges,
  primary: Pick<
    ContactFields,
    "email" | "email_key" | "email_domain_key" | "email_root_key" | "phone" | "phone_key"
  >,
): ContactFields {
  const naming = {
    first_name: changes.first_name ?? before.first_name,
    last_name: changes.last_name ?? before.last_name,
    company: changes.company ?? before.company,
    email: primary.email,
    phone: primary.phone,
  };
  return {
    ...naming,
    job_title: changes.job_title ?? before.job_title,
    email_key: primary.email_key,
    email_domain_key: primary.email_domain_key,
    email_root_key: primary.email_root_key,
    email_validity: primary.email === before.email ? before.email_validity : "unknown",
    phone_key: primary.phone_key,
    phone_validity: primary.phone === before.phone ? before.phone_validity : "unknown",
    attributes: attributesAfter(before.attributes, changes.attributes),
    owner_id: changes.owner_id === undefined ? before.owner_id : changes.owner_id,
    locale: changes.locale === undefined ? before.locale : changes.locale,
    search_text: searchText(naming),
    sort_name: sortName(naming),
  };
}

function attributesAfter(
  before: Attributes,
  changes: Record<string, string | number | boolean | null> = {},
): Attributes {
  const kept = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null);
  const after = Object.fromEntries(kept) as Attributes;
  const problem = Object.keys(changes).length > 0 ? attributesProblem(after) : null;
  if (problem) {
    throw new HeedError("validation_failed", `Correct these fields: attributes: ${problem}`, {
      fields: [{ field: "attributes", problem }],
    });
  }
  return after;
}

const named = ["first_name", "last_name", "company", "job_title", "owner_id", "locale"] as const;

function changedFields(before: LiveContact, after: ContactFields): string[] {
  const changed: string[] = named.filter((field) => before[field] !== after[field]);
  if (before.email !== after.email || before.phone !== after.phone) changed.push("addresses");
  if (!isDeepStrictEqual(before.attributes, after.attributes)) changed.push("attributes");
  return changed;
}

function keysOf(
  contact: { email_key: string | null; phone_key: string | null },
  further: readonly { key: string }[],
): string[] {
  const keys = [contact.email_key, contact.phone_key, ...further.map((each) => each.key)];
  return [...new Set(keys.filter((key) => key !== null))];
}

function sameAddresses(
  a: readonly { channel: string; value: string }[],
  b: readonly FurtherAddress[],
): boolean {
  const flat = (list: readonly { channel: string; value: string }[]) =>
    list.map((each) => `${each.channel} ${each.value}`);
  return isDeepStrictEqual(flat(a), flat(b));
}
