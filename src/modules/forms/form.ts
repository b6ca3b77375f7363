import type { Language } from "../consent/index.ts";

export const formKinds = ["subscribe", "update", "stop"] as const;
export type FormKind = (typeof formKinds)[number];

/** What a form may ask beside the email address. */
export const formFields = ["first_name", "last_name", "company"] as const;
export type FormField = (typeof formFields)[number];

export interface Form {
  id: string;
  name: string;
  kind: FormKind;
  topic_id: string | null;
  list_id: string | null;
  fields: FormField[];
  wording: string;
  double_opt_in: boolean;
  origins: string[];
  redirect_url: string | null;
}

/** What somebody sent with a form, until it is confirmed and its time is over. */
export interface Submission {
  id: string;
  form_id: string;
  message_id: string;
  key: string;
  address: string;
  answers: Partial<Record<FormField, string>>;
  wording: string;
  language: Language;
  ip_hash: string;
  at: Date;
  confirmed_at: Date | null;
}
