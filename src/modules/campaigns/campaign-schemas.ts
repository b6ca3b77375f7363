import { z } from "zod";
import { id, rfc3339, rfc3339OrNull, time } from "../../kernel/http/index.ts";
import { refusalCodes, refusalsOf } from "../consent/index.ts";
import type { Campaign } from "./campaign-queries.ts";
import type { FollowUp } from "./follow-up-queries.ts";
import type { Prospect } from "./prospect-queries.ts";
import { resultNames } from "./result-queries.ts";
import { followUpStates } from "./rules.ts";
import type { CampaignText } from "./save-campaign.ts";
import { nameSchema } from "./template-routes.ts";

const number = z.number().int();
const clock = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be a time such as 09:00, at most 24:00");

const windowSchema = z
  .object({
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7).describe("1 is Monday"),
    from: clock,
    to: clock.describe("Not included; 24:00 is the end of the day"),
  })
  .describe("Wall-clock time in time_zone; absent is any time");

const audienceSchema = z.object({
  list_ids: z.array(id).max(200).default([]),
  excluded_list_ids: z.array(id).max(200).default([]),
});

const stepChannel = z.enum(["email", "sms", "whatsapp"]);

const stepSchema = z.object({
  template_id: id,
  delay: z
    .string()
    .max(100)
    .default("PT0S")
    .describe("ISO 8601 duration after the step before, or after the start"),
  channel: stepChannel
    .optional()
    .describe("Left out: email, or sms for a template of the format sms"),
});

export const stateSchema = z.enum(["draft", "starting", "running", "paused", "finished"]);

const editable = {
  audience: audienceSchema.optional(),
  steps: z.array(stepSchema).min(1).max(20).optional(),
  topic_id: id.nullish(),
  sending_account_id: id.nullish(),
  stop_on_reply: z.boolean().optional(),
  sending_window: windowSchema.nullish(),
  time_zone: z.string().max(100).optional().describe("IANA name such as Europe/Berlin"),
};

export const newCampaignSchema = z.object({ name: nameSchema, ...editable });
export const campaignChangeSchema = z.object({ name: nameSchema.optional(), ...editable });

/** The body as commands take it; what is absent stays absent. */
export function textOf(body: z.output<typeof campaignChangeSchema>): Partial<CampaignText> {
  const text = {
    name: body.name,
    listIds: body.audience?.list_ids,
    excludedListIds: body.audience?.excluded_list_ids,
    steps: body.steps,
    topicId: body.topic_id,
    accountId: body.sending_account_id,
    stopOnReply: body.stop_on_reply,
    window: body.sending_window,
    timeZone: body.time_zone,
  };
  return Object.fromEntries(Object.entries(text).filter(([, value]) => value !== undefined));
}

export const campaignSchema = z.object({
  id,
  name: z.string(),
  state: stateSchema,
  paused_because: z
    .enum(["breaker"])
    .nullable()
    .describe("breaker: a sending account of it tripped; null where a person paused it"),
  channel: stepChannel.describe("Of the first step"),
  audience: z.object({ list_ids: z.array(id), excluded_list_ids: z.array(id) }),
  steps: z.array(
    z.object({
      template_id: id,
      delay: z.string(),
      channel: stepChannel,
      account_id: id.nullable().describe("What it sends by; null until the campaign starts"),
    }),
  ),
  topic_id: id.nullable(),
  sending_account_id: id.nullable(),
  stop_on_reply: z.boolean(),
  sending_window: windowSchema.nullable(),
  time_zone: z.string(),
  created_at: time,
  started_at: time.nullable(),
  finished_at: time.nullable(),
});

export function presentCampaign(campaign: Campaign): z.input<typeof campaignSchema> {
  const { list_ids, excluded_list_ids, sending_window, ...rest } = campaign;
  return {
    ...rest,
    audience: { list_ids, excluded_list_ids },
    sending_window: sending_window ? { ...sending_window, days: [...sending_window.days] } : null,
    created_at: rfc3339(campaign.created_at),
    started_at: rfc3339OrNull(campaign.started_at),
    finished_at: rfc3339OrNull(campaign.finished_at),
  };
}

const code = z.enum(refusalCodes as [string, ...string[]]);
const perCode = z.array(z.object({ code, count: number }));

export const audienceAnswer = z.object({
  total: number,
  eligible: number,
  refused: perCode.describe("Each contact counted once, under its first reason"),
  by_reason: perCode.describe("Each reason counted, so that a contact may count several times"),
});

const figures = Object.fromEntries(resultNames.map((name) => [name, number])) as Record<
  (typeof resultNames)[number],
  typeof number
>;

export const resultsSchema = z.object({
  state: stateSchema,
  steps: z.array(z.object({ step: number, ...figures })),
  total: z.object(figures),
  by_state: z.record(z.enum(followUpStates as [string, ...string[]]), number),
  by_hour: z.array(z.object({ hour: time, sent: number })),
});

export const followUpStateSchema = z.enum([
  "active",
  "paused",
  "finished",
  "replied",
  "stopped",
  "removed",
]);

export const followUpSchema = z.object({
  id,
  campaign_id: id,
  campaign_name: z.string(),
  contact_id: id,
  state: followUpStateSchema,
  round: number,
  next_step: number,
  steps: number,
  due_at: time.nullable(),
  because: z.string().nullable(),
  created_at: time,
  updated_at: time,
});

export function presentFollowUp(followUp: FollowUp): z.input<typeof followUpSchema> {
  return {
    ...followUp,
    due_at: rfc3339OrNull(followUp.due_at),
    created_at: rfc3339(followUp.created_at),
    updated_at: rfc3339(followUp.updated_at),
  };
}

export const prospectSchema = z.object({
  contact: z.object({
    id,
    first_name: z.string(),
    last_name: z.string(),
    company: z.string(),
    email: z.string().nullable(),
  }),
  follow_up: z
    .object({
      id,
      state: followUpStateSchema,
      because: z.string().nullable(),
      round: number,
      next_step: number,
      due_at: time.nullable(),
    })
    .nullable()
    .describe("null while the campaign is a draft"),
  last_message: z.object({ id, state: z.string(), step: number, at: time.nullable() }).nullable(),
  eligible: z.boolean(),
  refusals: z.array(code),
  do_not_contact: z.enum(["campaign", "all"]).nullable(),
});

export function presentProspect(p: Prospect): z.input<typeof prospectSchema> {
  return {
    contact: {
      id: p.contact_id,
      first_name: p.first_name,
      last_name: p.last_name,
      company: p.company,
      email: p.email,
    },
    follow_up:
      p.follow_up_id === null || p.state === null
        ? null
        : {
            id: p.follow_up_id,
            state: p.state,
            because: p.because,
            round: p.round ?? 1,
            next_step: p.next_step ?? 0,
            due_at: rfc3339OrNull(p.due_at),
          },
    last_message:
      p.message_id === null
        ? null
        : {
            id: p.message_id,
            state: p.message_state ?? "",
            step: p.message_step ?? 0,
            at: rfc3339OrNull(p.message_at),
          },
    eligible: p.refusals === 0,
    refusals: refusalsOf(p.refusals),
    do_not_contact: p.not_in_any ? "all" : p.not_in_campaign ? "campaign" : null,
  };
}
