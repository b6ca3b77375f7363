import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import {
  type Channel,
  findContactByAddress,
  keyOfAddress,
  keyOfDomain,
} from "../contacts/index.ts";
import { boundTo, type StopKind, type SubjectType } from "./kinds.ts";
import { findAddresses } from "./queries.ts";

/** How a caller names what a stop is bound to: exactly one of these. */
export type NamedSubject =
  | { contactId: string }
  | { address: { channel: Channel; value: string } }
  | { domain: string }
  /** An address known by its key alone: a token whose contact may be long gone. */
  | { key: string; channel: Channel };

export interface ResolvedSubject {
  type: SubjectType;
  subject: string;
  channel: Channel | null;
  contactId: string | null;
  /** The address or domain as a person reads it, where it is known. */
  address: string | null;
}

/**
 * Turns what a caller names into what the kind is bound to: a contact's
 * unsubscribe becomes one of its address, an address's deactivation one of the
 * contact that has it.
 */
export async function resolveSubject(
  tx: Tx,
  kind: StopKind,
  named: NamedSubject,
  channel: Channel | null,
): Promise<ResolvedSubject> {
  const allowed = boundTo[kind];
  // A deactivation and a do-not-contact cover every channel, whatever is named.
  const scope = kind === "deactivation" || kind === "do_not_contact" ? null : channel;
  if ("domain" in named) {
    if (!allowed.includes("domain")) {
      throw new HeedError("stop_not_for_domain", "Only a suppression can cover a whole domain.");
    }
    const { key, domain } = keyOfDomain(tx.secrets, named.domain);
    return { type: "domain", subject: key, channel, contactId: null, address: domain };
  }
  if ("key" in named) {
    return {
      type: "address",
      subject: named.key,
      channel: named.channel,
      contactId: null,
      address: null,
    };
  }
  if ("address" in named) {
    const { key, value } = keyOfAddress(tx.secrets, named.address.channel, named.address.value);
    const contactId = await findContactByAddress(tx, named.address.channel, key);
    if (allowed.includes("address")) {
      // A suppression may cover every channel; what a person said on a channel covers that channel.
      const covered =
        kind === "suppression" ? (channel ?? named.address.channel) : named.address.channel;
      return { type: "address", subject: key, channel: covered, contactId, address: value };
    }
    if (!contactId) {
      throw new HeedError(
        "no_contact_with_address",
        "No contact has this address, so there is nobody to stop this way. Use a suppression: it holds for the address itself, whoever has it later.",
      );
    }
    return { type: "contact", subject: contactId, channel: scope, contactId, address: null };
  }
  const addresses = await findAddresses(tx, named.contactId);
  if (!addresses) throw new HeedError("not_found", "There is no such contact.");
  if (allowed.includes("contact")) {
    return {
      type: "contact",
      subject: named.contactId,
      channel: scope,
      contactId: named.contactId,
      address: null,
    };
  }
  const on = channel ?? "email";
  const [key, value] =
    on === "email"
      ? [addresses.email_key, addresses.email]
      : [addresses.phone_key, addresses.phone];
  if (!key) {
    throw new HeedError(
      "no_address",
      `This contact has no address on the channel ${on} that could be stopped.`,
    );
  }
  return { type: "address", subject: key, channel: on, contactId: named.contactId, address: value };
}
