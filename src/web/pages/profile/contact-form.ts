import type { UseFormReturnType } from "@mantine/form";
import type { Body, Channel, Contact } from "../../api/types.ts";

type Changes = Body<"/api/v1/contacts/{id}", "patch">;
type AttributeValue = Contact["attributes"][string];

export interface ContactForm {
  first_name: string;
  last_name: string;
  company: string;
  job_title: string;
  owner_id: string | null;
  locale: string;
  addresses: { channel: Channel; value: string }[];
  attributes: { name: string; value: string; was: AttributeValue | undefined }[];
}

export type ContactFormHandle = UseFormReturnType<ContactForm>;

export function formOf(contact: Contact): ContactForm {
  return {
    first_name: contact.first_name,
    last_name: contact.last_name,
    company: contact.company,
    job_title: contact.job_title,
    owner_id: contact.owner_id,
    locale: contact.locale ?? "",
    addresses: contact.addresses.map(({ channel, value }) => ({ channel, value })),
    attributes: Object.entries(contact.attributes).map(([name, value]) => ({
      name,
      value: String(value),
      was: value,
    })),
  };
}

/** Only what was changed, so that a colleague's edit of another field stays. */
export function changesOf(contact: Contact, form: ContactForm): Changes {
  const changes: Changes = { updated_at: contact.updated_at };
  for (const key of ["first_name", "last_name", "company", "job_title"] as const) {
    if (form[key] !== contact[key]) changes[key] = form[key];
  }
  if (form.owner_id !== contact.owner_id) changes.owner_id = form.owner_id;
  const locale = form.locale.trim() || null;
  if (locale !== contact.locale) changes.locale = locale;
  const addresses = form.addresses
    .map(({ channel, value }) => ({ channel, value: value.trim() }))
    .filter(({ value }) => value !== "");
  const before = contact.addresses.map(({ channel, value }) => ({ channel, value }));
  if (JSON.stringify(addresses) !== JSON.stringify(before)) changes.addresses = addresses;
  const attributes = attributeChanges(contact.attributes, form.attributes);
  if (Object.keys(attributes).length > 0) changes.attributes = attributes;
  return changes;
}

/** What was taken away is null, which removes it. A number or truth value stays one while it reads as one. */
function attributeChanges(
  before: Contact["attributes"],
  rows: ContactForm["attributes"],
): Record<string, AttributeValue | null> {
  const changes: Record<string, AttributeValue | null> = {};
  const kept = new Set<string>();
  for (const row of rows) {
    const name = row.name.trim();
    if (name === "") continue;
    kept.add(name);
    const value = sameKind(row.value, row.was);
    if (before[name] !== value) changes[name] = value;
  }
  for (const name of Object.keys(before)) if (!kept.has(name)) changes[name] = null;
  return changes;
}

function sameKind(text: string, was: AttributeValue | undefined): AttributeValue {
  if (typeof was === "number" && text.trim() !== "" && Number.isFinite(Number(text)))
    return Number(text);
  if (typeof was === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}
