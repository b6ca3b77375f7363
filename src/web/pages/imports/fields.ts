/** What a column can mean, as the server's csv/fields.ts knows it. */
export const plainFields = [
  "email",
  "phone",
  "first_name",
  "last_name",
  "full_name",
  "company",
  "job_title",
  "owner_email",
  "tags",
] as const;

export const stopFields = [
  "unsubscribed",
  "unsubscribed_sms",
  "unsubscribed_whatsapp",
  "unsubscribed_call",
  "bounced",
  "complained",
  "do_not_contact",
  "do_not_disturb_email",
  "do_not_disturb_sms",
  "do_not_disturb_whatsapp",
  "do_not_disturb_call",
  "deactivated",
  "status",
  "opt_in_email",
  "opt_in_sms",
  "opt_in_whatsapp",
  "opt_in_call",
  "active",
] as const;

export type StopField = (typeof stopFields)[number];

export function stopFieldOf(field: string | null): StopField | undefined {
  return stopFields.find((each) => each === field);
}

/** Columns whose "no" stops. */
export function isInverted(field: StopField): boolean {
  return field === "active" || field.startsWith("opt_in_");
}

/** An attribute's key made of a column's name. */
export function attributeKey(column: string): string {
  const key = column
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
  return key || "attribute";
}
