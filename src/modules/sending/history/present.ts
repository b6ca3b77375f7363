import { z } from "zod";
import { id, rfc3339, rfc3339OrNull, time } from "../../../kernel/http/index.ts";
import { refusalsOf } from "../../consent/index.ts";
import { channelSchema } from "../../contacts/index.ts";
import { presentStopped, refusalCodeSchema, stoppedMessageSchema } from "../messages/present.ts";
import { claimedBefore } from "./rules.ts";
import type { TimelineRow } from "./timeline-queries.ts";
import type { Why } from "./why.ts";

const actor = z.object({ type: z.string(), id: id.nullable() });

export const timelineItemSchema = z.object({
  id: z.string(),
  at: time,
  kind: z.string().describe("contact, stop, message, list, …"),
  code: z
    .string()
    .describe("What happened: stop.made, stop.lifted, message.accepted, contact.imported, …"),
  detail: z.record(z.string(), z.unknown()),
  actor,
  ledger_entry_id: id.nullable(),
  block_number: z.number().int().nullable(),
});

export function presentTimelineItem(row: TimelineRow): z.input<typeof timelineItemSchema> {
  return {
    id: row.id,
    at: rfc3339(row.at),
    kind: row.kind,
    code: row.code,
    detail:
      typeof row.detail.refusals === "number"
        ? { ...row.detail, refusals: refusalsOf(row.detail.refusals) }
        : row.detail,
    actor: { type: row.actor_type, id: row.actor_id },
    ledger_entry_id: row.ledger_entry_id,
    block_number: row.block_number,
  };
}

const refusalSchema = z.object({
  code: refusalCodeSchema,
  basis: z
    .enum(["recorded", "today"])
    .describe("A stop of that time, or a fact known only as it is today"),
  stop_id: id.nullable(),
  kind: z.string().nullable(),
  cause: z.string().nullable(),
  since: time.nullable(),
  until: time.nullable().describe("When it was lifted later"),
  because: z.string(),
  actor: actor.nullable(),
  message_id: z.string().nullable().describe("The message whose link was pressed"),
  fence: z
    .number()
    .int()
    .nullable()
    .describe("The counter that the stop set; a claim that saw a lower one came first"),
  ledger_entry_id: id.nullable(),
  block_number: z.number().int().nullable(),
});

export const whySchema = z.object({
  at: time,
  channel: channelSchema,
  topic_id: id.nullable(),
  campaign_id: id.nullable(),
  eligible: z.boolean(),
  answer: z.string().describe("In plain language"),
  refusals: z.array(refusalSchema),
  messages: z.array(
    stoppedMessageSchema.extend({
      fences: z
        .object({ contact: z.number().int(), key: z.number().int(), workspace: z.number().int() })
        .nullable()
        .describe("The counters that its claim saw"),
      claimed_before: z
        .array(id)
        .describe("Stops among the refusals that were committed after its claim"),
    }),
  ),
  caveats: z.array(z.string()),
});

export function presentWhy(found: Why): z.input<typeof whySchema> {
  return {
    at: rfc3339(found.at),
    channel: found.channel,
    topic_id: found.topicId,
    campaign_id: found.campaignId,
    eligible: found.eligible,
    answer: found.answer,
    refusals: found.refusals.map(({ code, stop }) => ({
      code,
      basis: stop ? "recorded" : "today",
      stop_id: stop?.stop_id ?? null,
      kind: stop?.kind ?? null,
      cause: stop?.cause ?? null,
      since: rfc3339OrNull(stop?.made_at ?? null),
      until: rfc3339OrNull(stop?.lifted_at ?? null),
      because: stop?.because ?? "",
      actor: stop ? { type: stop.actor_type, id: stop.actor_id } : null,
      message_id: stop?.message_id ?? null,
      fence: stop?.generation ?? null,
      ledger_entry_id: stop?.ledger_entry_id ?? null,
      block_number: stop?.block_number ?? null,
    })),
    messages: found.messages.map(({ message, cancelledBy }) => ({
      ...presentStopped(message, cancelledBy),
      fences:
        message.contact_fence === null ||
        message.key_fence === null ||
        message.workspace_fence === null
          ? null
          : {
              contact: message.contact_fence,
              key: message.key_fence,
              workspace: message.workspace_fence,
            },
      claimed_before: found.refusals.flatMap(({ stop }) =>
        stop && claimedBefore(message, stop) === true ? [stop.stop_id] : [],
      ),
    })),
    caveats: found.caveats,
  };
}
