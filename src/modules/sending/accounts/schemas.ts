import { z } from "zod";
import { id, time } from "../../../kernel/http/index.ts";
import { channelSchema, isProblem, line, parseEmail } from "../../contacts/index.ts";
import { providers } from "../account.ts";
import { breakerSchema } from "../breaker/present.ts";
import { tidyHost } from "./rules.ts";

/** A mail address in the one form that goes on the wire. */
const mailAddress = z
  .string()
  .max(400)
  .transform((text, check) => {
    const email = parseEmail(text);
    if (!isProblem(email)) return email.normalised;
    check.addIssue({ code: "custom", message: email.message });
    return z.NEVER;
  });

const secret = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\r\n\0]*$/, "holds a line break or NUL; take it out");

const dkimSchema = z.strictObject({
  domain: z.string().min(1).max(300),
  selector: z.string().min(1).max(253),
  private_key: z
    .string()
    .min(1)
    .max(20_000)
    .optional()
    .describe("RSA or Ed25519, PEM or base64; write-only"),
  generate: z
    .boolean()
    .optional()
    .describe("Make a key pair here instead; dns_record says what to publish"),
  algorithm: z
    .enum(["rsa", "ed25519"])
    .optional()
    .describe("Of a generated pair; rsa (2048 bits) where left out"),
});

const word = z.string().regex(/^[A-Za-z0-9._-]{1,200}$/, "is letters, digits, dots, hyphens alone");

const settingsSchema = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/, "is an AWS region, such as eu-west-1")
    .optional()
    .describe("SES"),
  domain: word.optional().describe("Mailgun: the sending domain"),
  message_stream: word.optional().describe("Postmark; left out: outbound"),
  topic_arn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
      "is no ARN of an SNS topic",
    )
    .optional()
    .describe("SES: the one SNS topic whose events are believed"),
  verification_key: z
    .string()
    .max(1000)
    .optional()
    .describe("SendGrid: the verification key of its signed event webhook"),
  return_domain: z
    .string()
    .max(190)
    .regex(
      /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/,
      "is a domain in lower case, as bounces.example.org (an international one as xn--…)",
    )
    .optional()
    .describe(
      "SMTP: a domain whose MX is this Heed (HEED_SMTP_PORT); each message gets a return address there, so that its bounces are known for certain",
    ),
  events_by: z
    .enum(["ses", "sendgrid", "mailgun", "postmark"])
    .optional()
    .describe("SMTP: whose relay it is, and whose webhooks are therefore believed"),
});

const fields = {
  name: line(200).pipe(z.string().min(1)),
  from_name: line(200),
  from_address: z
    .string()
    .max(400)
    .describe(
      "A mail address; for texts a number as +32470123456, or a name of up to 11 letters and digits",
    ),
  reply_to: mailAddress.nullable(),
  host: z.string().max(300).transform(tidyHost).nullable(),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .nullable()
    .describe("Left out: 465 for tls, 587 for starttls, 25 for none"),
  security: z.enum(["none", "starttls", "tls"]),
  username: secret(320).nullable(),
  password: secret(1_000).nullable().describe("Write-only: answers say has_password alone"),
  base_url: z
    .string()
    .max(300)
    .nullable()
    .describe(
      "Of the API; left out: the provider's usual address. By https, but for this machine itself",
    ),
  settings: settingsSchema,
  hook_secret: secret(1_000)
    .nullable()
    .describe("What webhooks are signed with. Write-only: answers say has_hook_secret alone"),
  dkim: dkimSchema.nullable(),
  connections: z.number().int().min(1).max(50),
  per_second: z.number().int().min(1).max(100_000).nullable().describe("null is no limit"),
  per_day: z.number().int().min(1).max(2_000_000_000).nullable().describe("null is no limit"),
  is_default: z.boolean().describe("Used by campaigns that name no account; one per channel"),
};

export const newAccountSchema = z.strictObject({
  ...fields,
  provider: z.enum(providers),
  channel: channelSchema.exclude(["call"]).default("email"),
  from_name: fields.from_name.default(""),
  reply_to: fields.reply_to.default(null),
  host: fields.host.default(null),
  port: fields.port.default(null),
  security: fields.security.default("starttls"),
  username: fields.username.default(null),
  password: fields.password.default(null),
  base_url: fields.base_url.default(null),
  settings: fields.settings.default({}),
  hook_secret: fields.hook_secret.default(null),
  dkim: fields.dkim.default(null),
  connections: fields.connections.default(5),
  per_second: fields.per_second.default(null),
  per_day: fields.per_day.default(null),
  is_default: fields.is_default.default(false),
});
export type NewAccount = z.output<typeof newAccountSchema>;

export const accountChangesSchema = z.strictObject(fields).partial();
export type AccountChanges = z.output<typeof accountChangesSchema>;

const forEditors = "null for those without accounts.edit";

export const accountSchema = z.object({
  id,
  name: z.string(),
  channel: channelSchema,
  provider: z.enum(providers),
  from_name: z.string(),
  from_address: z.string(),
  reply_to: z.string().nullable(),
  host: z.string().nullable().describe(forEditors),
  port: z.number().int().nullable().describe(forEditors),
  security: z.enum(["none", "starttls", "tls"]),
  username: z.string().nullable().describe(forEditors),
  has_password: z.boolean(),
  base_url: z.string().nullable().describe(forEditors),
  settings: settingsSchema,
  hook_path: z
    .string()
    .nullable()
    .describe(
      "What the provider's webhook is to call, below this Heed's address; null for those without accounts.edit",
    ),
  has_hook_secret: z.boolean(),
  dkim: z
    .object({
      domain: z.string(),
      selector: z.string(),
      algorithm: z.enum(["rsa-sha256", "ed25519-sha256"]),
      dns_record: z
        .object({ name: z.string(), type: z.literal("TXT"), value: z.string() })
        .describe("To publish"),
    })
    .nullable(),
  connections: z.number().int(),
  per_second: z.number().int().nullable(),
  per_day: z.number().int().nullable(),
  is_default: z.boolean(),
  breaker: breakerSchema,
  archived_at: time.nullable(),
  created_at: time,
});

export const checkSchema = z.object({
  ok: z.boolean(),
  code: z.string().nullable().describe("The server's or system's code of what went wrong"),
  message: z.string().describe("What was found, and what to do about it"),
});
