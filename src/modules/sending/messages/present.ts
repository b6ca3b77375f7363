import { z } from "zod";
import { id, rfc3339, rfc3339OrNull, time } from "../../../kernel/http/index.ts";
import { refusalCodes, refusalsOf } from "../../consent/index.ts";
import { channelSchema } from "../../contacts/index.ts";
import type { PastStop } from "../history/stop-queries.ts";
import type { MessageRecord } from "./queries.ts";

export const refusalCodeSchema = z.enum(refusalCodes);

export const messageSchema = z.object({
  id,
  contact_id: id.nullable().describe("null for a test"),
  campaign_id: id.nullable(),
  follow_up_id: id.nullable(),
  round: z.number().int(),
  step: z.number().int(),
  channel: channelSchema,
  topic_id: id.nullable(),
  address: z.string(),
  account_id: id,
  state: z.enum([
    "queued",
    "claimed",
    "accepted",
    "delivered",
    "bounced",
    "complained",
    "failed",
    "unknown",
    "cancelled",
  ]),
  refusals: z.array(refusalCodeSchema).describe("Why the gate refused it"),
  because: z.string().nullable(),
  response: z.string().nullable().describe("What the server said"),
  provider_id: z.string().nullable(),
  attempts: z.number().int(),
  created_at: time,
  due_at: time,
  claimed_at: time.nullable(),
  finished_at: time.nullable(),
});

export const stoppedMessageSchema = messageSchema.extend({
  cancelled_by: z
    .array(
      z.object({
        stop_id: id,
        kind: z.string(),
        cause: z.string(),
        since: time,
        because: z.string(),
      }),
    )
    .describe("The stops that stood against it when it was cancelled"),
});

export function presentMessage(message: MessageRecord): z.input<typeof messageSchema> {
  return {
    id: message.id,
    contact_id: message.contact_id,
    campaign_id: message.campaign_id,
    follow_up_id: message.follow_up_id,
    round: message.round,
    step: message.step,
    channel: message.channel,
    topic_id: message.topic_id,
    address: message.address,
    account_id: message.account_id,
    state: message.state,
    refusals: refusalsOf(message.refusals ?? 0),
    because: message.because,
    response: message.response,
    provider_id: message.provider_id,
    attempts: message.attempts,
    created_at: rfc3339(message.created_at),
    due_at: rfc3339(message.due_at),
    claimed_at: rfc3339OrNull(message.claimed_at),
    finished_at: rfc3339OrNull(message.finished_at),
  };
}

export function presentStopped(
  message: MessageRecord,
  stops: readonly PastStop[],
): z.input<typeof stoppedMessageSchema> {
  return {
    ...presentMessage(message),
    cancelled_by: stops.map((stop) => ({
      stop_id: stop.stop_id,
      kind: stop.kind,
      cause: stop.cause,
      since: rfc3339(stop.made_at),
      because: stop.because,
    })),
  };
}
