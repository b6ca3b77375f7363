import { type Channel, channels } from "../../contacts/index.ts";

/** Columns that say that someone must not be written to. None can say the opposite. */
export type StopField =
  | "unsubscribed"
  | `unsubscribed_${Exclude<Channel, "email">}`
  | "bounced"
  | "complained"
  | "do_not_contact"
  | `do_not_disturb_${Channel}`
  | "deactivated"
  /** stops where its words say so ("cleaned", "DND"); other words mean nothing */
  | "status"
  /** inverted: "no" stops */
  | `opt_in_${Channel}`
  | "active";

export type SingleField =
  | "email"
  | "phone"
  | "first_name"
  | "last_name"
  | "full_name"
  | "company"
  | "job_title"
  | "owner_email";

export type ContactField = SingleField | "tags" | `attribute:${string}` | StopField;

export const singleFields: readonly SingleField[] = [
  "email",
  "phone",
  "first_name",
  "last_name",
  "full_name",
  "company",
  "job_title",
  "owner_email",
];

export const stopFields: readonly StopField[] = [
  "unsubscribed",
  "unsubscribed_sms",
  "unsubscribed_whatsapp",
  "unsubscribed_call",
  "bounced",
  "complained",
  "do_not_contact",
  ...channels.map((channel) => `do_not_disturb_${channel}` as const),
  "deactivated",
  "status",
  ...channels.map((channel) => `opt_in_${channel}` as const),
  "active",
];

export function isStopField(field: string): field is StopField {
  return (stopFields as readonly string[]).includes(field);
}

export function isContactField(field: string): field is ContactField {
  return (
    field === "tags" ||
    (singleFields as readonly string[]).includes(field) ||
    isStopField(field) ||
    /^attribute:[a-z0-9][a-z0-9_]{0,62}$/.test(field)
  );
}

/** A word of a header or a cell without case, accents and punctuation; camelCase comes apart. */
export function plainWords(text: string): string {
  return text
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
