import type { Channel } from "../contacts/index.ts";

/** What can carry messages away. Everything but the sink and SMTP is reached by its own HTTP API. */
export const providers = [
  "sink",
  "smtp",
  "ses",
  "sendgrid",
  "mailgun",
  "postmark",
  "twilio",
  "http",
] as const;
export type Provider = (typeof providers)[number];

/** What only some providers need, and is no secret. */
export interface ProviderSettings {
  /** SES: the AWS region. */
  region?: string | undefined;
  /** Mailgun: the sending domain. */
  domain?: string | undefined;
  /** Postmark: the message stream; its default is `outbound`. */
  message_stream?: string | undefined;
  /** SES: the one SNS topic whose events are believed. */
  topic_arn?: string | undefined;
  /** SendGrid: the public key of its signed event webhook. */
  verification_key?: string | undefined;
  /** SMTP: the domain whose mail comes to Heed's own listener; bounces come back to an address of each message. */
  return_domain?: string | undefined;
  /** SMTP: whose relay it is, and whose webhooks are therefore believed. */
  events_by?: "ses" | "sendgrid" | "mailgun" | "postmark" | undefined;
}

/** A sending account as the worker uses it: secrets opened. */
export interface SendingAccount {
  workspace_id: string;
  id: string;
  name: string;
  channel: Channel;
  provider: Provider;
  from_name: string;
  from_address: string;
  reply_to: string | null;
  host: string | null;
  port: number | null;
  security: "none" | "starttls" | "tls";
  username: string | null;
  password: string | null;
  base_url: string | null;
  settings: ProviderSettings;
  /** Names the account in its webhook's address. */
  hook_key: string | null;
  dkim: { domain: string; selector: string; privateKey: string } | null;
  connections: number;
}
