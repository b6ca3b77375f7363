import { z } from "zod";
import { id, time } from "../../kernel/http/index.ts";
import { type Channel, channels } from "./address/index.ts";
import { attributesProblem, lineProblem } from "./rules.ts";
import { stages } from "./stage.ts";

export const channelSchema = z.enum(channels as readonly [Channel, ...Channel[]]);

/** One line of text without control characters, trimmed. */
export function line(most: number) {
  return z
    .string()
    .trim()
    .max(most)
    .superRefine((text, check) => {
      const problem = lineProblem(text);
      if (problem) check.addIssue({ code: "custom", message: problem });
    });
}

export type Attributes = Record<string, string | number | boolean>;
const attribute = z.union([z.string(), z.number(), z.boolean()]);

function checkAttributes(value: Record<string, unknown>, check: z.RefinementCtx): void {
  const problem = attributesProblem(value);
  if (problem) check.addIssue({ code: "custom", message: problem });
}

export const attributesSchema = z.record(z.string(), attribute).superRefine(checkAttributes);

/** In an edit, null takes an attribute away and what is not named stays. */
export const attributeChangesSchema = z
  .record(z.string(), attribute.nullable())
  .superRefine((changes, check) =>
    checkAttributes(
      Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, value ?? ""])),
      check,
    ),
  );

export const addressesSchema = z
  .array(z.object({ channel: channelSchema, value: z.string().max(400) }))
  .max(50);

const locale = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a language tag such as en or pt-BR")
  .max(35)
  .nullable();

const editable = {
  first_name: line(200),
  last_name: line(200),
  company: line(200),
  job_title: line(200),
  addresses: addressesSchema.describe(
    "The first email and the first number become primary. In an edit, replaces all addresses.",
  ),
  owner_id: id.nullable(),
  locale,
};

export const newContactSchema = z.object({ ...editable, attributes: attributesSchema }).partial();
export type NewContact = z.output<typeof newContactSchema>;

export const contactChangesSchema = z
  .object({ ...editable, attributes: attributeChangesSchema })
  .partial()
  .extend({
    updated_at: time
      .optional()
      .describe(
        "As last read; when the contact changed since, the edit is refused with state_conflict",
      ),
  });
export type ContactChanges = z.output<typeof contactChangesSchema>;

export const channelSummarySchema = z.object({
  channel: channelSchema,
  eligible: z.boolean(),
  refusals: z.array(z.string()),
});

export const contactSchema = z.object({
  id,
  first_name: z.string(),
  last_name: z.string(),
  company: z.string(),
  job_title: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  addresses: z.array(z.object({ channel: channelSchema, value: z.string(), primary: z.boolean() })),
  attributes: z.record(z.string(), attribute),
  owner_id: id.nullable(),
  locale: z.string().nullable(),
  stage: z.enum(stages).nullable(),
  sending_status: z.object({ channels: z.array(channelSummarySchema) }),
  created_at: time,
  updated_at: time,
});
