import type { z } from "zod";
import type { Tx } from "../../kernel/database/index.ts";
import { rfc3339 } from "../../kernel/http/index.ts";
import type { Channel } from "./address/index.ts";
import type { AfterAddressChange } from "./edit-contact.ts";
import { type AddressRow, type LiveContact, listFurther } from "./queries.ts";
import { createdAt } from "./rules.ts";
import type { channelSummarySchema, contactSchema } from "./schemas.ts";
import { type StageFacts, stageOf } from "./stage.ts";

export type ChannelSummary = z.input<typeof channelSummarySchema>;

/** What the contacts routes need of modules to their right; app wires it. */
export interface ContactParts {
  /** Per contact, each channel's decision. */
  sendingSummary(tx: Tx, contactIds: readonly string[]): Promise<Map<string, ChannelSummary[]>>;
  afterAddressChange: AfterAddressChange;
  /** Left out, every stage is null. */
  stageFacts?(tx: Tx, contactIds: readonly string[]): Promise<Map<string, StageFacts>>;
  /** The country of numbers written without one; left out, they are refused. */
  defaultCountry?(tx: Tx): Promise<string | null>;
}

type Presented = z.input<typeof contactSchema>;

/** Contacts as the API shows them, in the order given. */
export async function presentContacts(
  tx: Tx,
  parts: ContactParts,
  contacts: readonly LiveContact[],
): Promise<Presented[]> {
  if (contacts.length === 0) return [];
  const ids = contacts.map((contact) => contact.id);
  const further = new Map<string, AddressRow[]>(ids.map((id) => [id, []]));
  for (const row of await listFurther(tx, ids)) further.get(row.contact_id)?.push(row);
  const summaries = await parts.sendingSummary(tx, ids);
  const facts = await parts.stageFacts?.(tx, ids);
  return contacts.map((contact) => {
    const own = facts?.get(contact.id);
    return {
      id: contact.id,
      first_name: contact.first_name,
      last_name: contact.last_name,
      company: contact.company,
      job_title: contact.job_title,
      email: contact.email,
      phone: contact.phone,
      addresses: addressesOf(contact, further.get(contact.id) ?? []),
      attributes: contact.attributes,
      owner_id: contact.owner_id,
      locale: contact.locale,
      stage: own ? stageOf({ ...own, processedAt: contact.processed_at }) : null,
      sending_status: { channels: summaries.get(contact.id) ?? [] },
      created_at: rfc3339(createdAt(contact.id)),
      updated_at: rfc3339(contact.updated_at),
    };
  });
}

export async function presentContact(
  tx: Tx,
  parts: ContactParts,
  contact: LiveContact,
): Promise<Presented> {
  const [presented] = await presentContacts(tx, parts, [contact]);
  return presented as Presented;
}

/** Primary ones first. A primary number counts as SMS unless its channels were named. */
export function addressesOf(
  contact: Pick<LiveContact, "email" | "phone">,
  further: readonly Pick<AddressRow, "channel" | "value">[],
): { channel: Channel; value: string; primary: boolean }[] {
  const isPhone = (row: Pick<AddressRow, "channel" | "value">) =>
    row.channel !== "email" && row.value === contact.phone;
  const named = further.filter(isPhone).map((row) => ({ ...pick(row), primary: true }));
  return [
    ...(contact.email === null
      ? []
      : [{ channel: "email" as const, value: contact.email, primary: true }]),
    ...(contact.phone !== null && named.length === 0
      ? [{ channel: "sms" as const, value: contact.phone, primary: true }]
      : named),
    ...further
      .filter((row) => !isPhone(row) && !(row.channel === "email" && row.value === contact.email))
      .map((row) => ({ ...pick(row), primary: false })),
  ];
}

function pick(row: Pick<AddressRow, "channel" | "value">) {
  return { channel: row.channel, value: row.value };
}
