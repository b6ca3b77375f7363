import type { Account, NewAccount } from "./types.ts";

export type Provider = Account["provider"];
export type Channel = NonNullable<NewAccount["channel"]>;
/** What only some providers ask for, beside the sender and the limits. */
export type ProviderField =
  | "server"
  | "username"
  | "password"
  | "base_url"
  | "region"
  | "domain"
  | "message_stream"
  | "topic_arn"
  | "verification_key"
  | "hook_secret"
  | "events_by";

interface ProviderNeeds {
  name: string;
  channels: readonly Channel[];
  fields: readonly ProviderField[];
  /** Those of `fields` without which nothing is sent. */
  required: readonly ProviderField[];
}

/** What each provider needs to send, and to be believed when it tells what became of a message. */
export const providers: Readonly<Record<Provider, ProviderNeeds>> = {
  sink: { name: "Sink", channels: ["email", "sms", "whatsapp"], fields: [], required: [] },
  smtp: {
    name: "SMTP",
    channels: ["email"],
    fields: ["server", "username", "password", "events_by"],
    required: [],
  },
  ses: {
    name: "Amazon SES",
    channels: ["email"],
    fields: ["region", "username", "password", "topic_arn"],
    required: ["region", "username", "password"],
  },
  sendgrid: {
    name: "SendGrid",
    channels: ["email"],
    fields: ["password", "verification_key", "base_url"],
    required: ["password"],
  },
  mailgun: {
    name: "Mailgun",
    channels: ["email"],
    fields: ["domain", "password", "hook_secret", "base_url"],
    required: ["domain", "password"],
  },
  postmark: {
    name: "Postmark",
    channels: ["email"],
    fields: ["password", "message_stream", "hook_secret"],
    required: ["password"],
  },
  twilio: {
    name: "Twilio",
    channels: ["sms", "whatsapp"],
    fields: ["username", "password"],
    required: ["username", "password"],
  },
  http: {
    name: "HTTP",
    channels: ["email", "sms", "whatsapp"],
    fields: ["base_url", "password", "hook_secret"],
    required: ["base_url", "password"],
  },
};

/** Those that a person adds; a sink of each channel is there from the start. */
export const addable = [
  "smtp",
  "ses",
  "sendgrid",
  "mailgun",
  "postmark",
  "twilio",
  "http",
] as const satisfies readonly Provider[];

/** Relays behind an SMTP server whose webhooks are understood. */
export const relays = ["ses", "sendgrid", "mailgun", "postmark"] as const;
export type Relay = (typeof relays)[number];

/** What the webhooks of a relay are checked with. */
const relayFields: Readonly<Record<Relay, ProviderField>> = {
  ses: "topic_arn",
  sendgrid: "verification_key",
  mailgun: "hook_secret",
  postmark: "hook_secret",
};

/** What to ask for: an SMTP server with a relay behind it also needs what that relay signs with. */
export function fieldsOf(provider: Provider, relay: Relay | null): readonly ProviderField[] {
  const { fields } = providers[provider];
  return provider === "smtp" && relay ? [...fields, relayFields[relay]] : fields;
}

/** Whose webhooks an account believes. */
export function hookProviderOf(account: Account): Exclude<Provider, "sink" | "smtp"> | null {
  const { provider, settings } = account;
  if (provider === "sink") return null;
  return provider === "smtp" ? (settings.events_by ?? null) : provider;
}
