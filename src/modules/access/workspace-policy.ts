import { z } from "zod";

const quarantineRule = z.strictObject({
  failures: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .describe("Temporary failures that quarantine an address"),
  days: z.number().int().min(1).max(365).describe("The days in which they must happen"),
});

const percent = z.number().min(0.01).max(100);
const breakerFields = {
  hard_bounce_percent: percent.describe("Hard bounces that trip a sending account's breaker"),
  complaint_percent: percent.describe("Complaints that trip it"),
  days: z.number().int().min(1).max(90).describe("The days whose messages are counted"),
  at_least: z.number().int().min(1).max(1_000_000).describe("Fewer messages trip nothing"),
};

const fields = {
  deletion: z.enum(["bin", "off"]).describe("off: contacts can be deactivated and never deleted"),
  bin_days: z.number().int().min(1).max(90).describe("How long a deleted contact can be restored"),
  approval_threshold: z
    .number()
    .int()
    .min(1)
    .describe("Deletions of more contacts need a second person"),
  administrators_may_lift_unsubscribes: z.boolean().describe("With evidence attached"),
  default_country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be a country code of two capital letters, such as DE")
    .nullable()
    .describe("For phone numbers written without a country"),
  postal_address: z.string().max(500).describe("Who sends, for the footer of every mail"),
};

/** What a workspace has decided. Absent keys of the stored policy take these defaults. */
export const policySchema = z.object({
  deletion: fields.deletion.default("bin"),
  bin_days: fields.bin_days.default(30),
  approval_threshold: fields.approval_threshold.default(1000),
  administrators_may_lift_unsubscribes: fields.administrators_may_lift_unsubscribes.default(false),
  quarantine: z
    .object({
      email: quarantineRule.default({ failures: 7, days: 45 }),
      sms: quarantineRule.default({ failures: 3, days: 7 }),
    })
    .prefault({}),
  breaker: z
    .object({
      hard_bounce_percent: breakerFields.hard_bounce_percent.default(4),
      complaint_percent: breakerFields.complaint_percent.default(0.3),
      days: breakerFields.days.default(7),
      at_least: breakerFields.at_least.default(200),
    })
    .prefault({}),
  default_country: fields.default_country.default(null),
  postal_address: fields.postal_address.default(""),
});

export type Policy = z.output<typeof policySchema>;

/** A change of policy: the keys to change. An unknown key is refused, so that a typing error changes nothing unseen. */
export const policyChangeSchema = z
  .strictObject({
    ...fields,
    quarantine: z.strictObject({ email: quarantineRule, sms: quarantineRule }).partial(),
    breaker: z.strictObject(breakerFields).partial(),
  })
  .partial();

export type PolicyChange = z.output<typeof policyChangeSchema>;

/** The policy of a stored value. Throws when the value is none: then nothing is decided, so nothing is sent. */
export function readPolicy(stored: unknown): Policy {
  return policySchema.parse(stored ?? {});
}

/** The policy after a change; what the change does not name stays. */
export function changedPolicy(stored: unknown, change: PolicyChange): Policy {
  const before = readPolicy(stored);
  return readPolicy({
    ...before,
    ...change,
    quarantine: { ...before.quarantine, ...change.quarantine },
    breaker: { ...before.breaker, ...change.breaker },
  });
}
