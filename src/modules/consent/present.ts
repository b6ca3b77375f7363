import { z } from "zod";
import { id, rfc3339, rfc3339OrNull, time } from "../../kernel/http/index.ts";
import { channelSchema } from "../contacts/index.ts";
import type { StopReceipt } from "./make-stop.ts";
import type { StopRecord } from "./queries.ts";
import { refusalCodes } from "./rules.ts";
import type { SendingStatus } from "./sending-status.ts";

export const stopKindSchema = z.enum([
  "deactivation",
  "unsubscribe",
  "do_not_contact",
  "do_not_disturb",
  "suppression",
  "quarantine",
]);

export const stopSchema = z.object({
  id,
  kind: stopKindSchema,
  cause: z.string(),
  subject_type: z.enum(["contact", "address", "domain"]),
  channel: channelSchema.nullable(),
  topic_id: id.nullable(),
  campaign_id: id.nullable(),
  direction: z.enum(["outbound", "both"]),
  actor: z.object({ type: z.string(), id: id.nullable() }),
  made_at: time,
});

export const stopRecordSchema = stopSchema.extend({
  address: z.string().nullable(),
  because: z.string(),
  evidence: z.record(z.string(), z.unknown()).describe("How it is known"),
  standing: z.boolean(),
  lift: z
    .object({
      at: time,
      actor: z.object({ type: z.string(), id: id.nullable() }),
      authorization: z.string(),
    })
    .nullable(),
});

/** The answer of every stop: what was already under way when it was acknowledged. */
export const receiptSchema = z.object({
  stop: stopSchema,
  added: z.boolean().describe("false when the same stop stood already"),
  cancelled_messages: z.number().int(),
  under_way: z.array(z.object({ message_id: id, state: z.string() })),
});

export const sendingStatusSchema = z.object({
  channel: channelSchema,
  eligible: z.boolean(),
  address: z.string().nullable(),
  refusals: z.array(
    z.object({
      code: z.enum(refusalCodes as [string, ...string[]]),
      stop_id: id.nullable(),
      since: time.nullable(),
      because: z.string(),
      who_may_lift: z.string(),
      how: z.string(),
    }),
  ),
});

type StopFields = Omit<
  StopRecord,
  | "address"
  | "because"
  | "evidence"
  | "standing"
  | "lifted_at"
  | "lifted_by_type"
  | "lifted_by"
  | "lift_authorization"
>;

export function presentStop(stop: StopFields): z.input<typeof stopSchema> {
  return {
    id: stop.id,
    kind: stop.kind,
    cause: stop.cause,
    subject_type: stop.subject_type,
    channel: stop.channel,
    topic_id: stop.topic_id,
    campaign_id: stop.campaign_id,
    direction: stop.direction,
    actor: { type: stop.actor_type, id: stop.actor_id },
    made_at: rfc3339(stop.made_at),
  };
}

export function presentStopRecord(stop: StopRecord): z.input<typeof stopRecordSchema> {
  return {
    ...presentStop(stop),
    address: stop.address,
    because: stop.because,
    evidence: stop.evidence,
    standing: stop.standing,
    lift:
      stop.lifted_at === null
        ? null
        : {
            at: rfc3339(stop.lifted_at),
            actor: { type: stop.lifted_by_type ?? "system", id: stop.lifted_by },
            authorization: stop.lift_authorization ?? "",
          },
  };
}

/**
 * The receipt as the API answers it. What is under way becomes known after the
 * commit, so the fields read the receipt when the answer is written.
 */
export function presentReceipt(receipt: StopReceipt): z.input<typeof receiptSchema> {
  return {
    stop: presentStop(receipt.stop),
    added: receipt.added,
    get cancelled_messages() {
      return receipt.cancelledMessages;
    },
    get under_way() {
      return receipt.underWay;
    },
  };
}

export function presentStatus(status: SendingStatus): z.input<typeof sendingStatusSchema> {
  return {
    channel: status.channel,
    eligible: status.eligible,
    address: status.address,
    refusals: status.refusals.map((refusal) => ({
      ...refusal,
      since: rfc3339OrNull(refusal.since),
    })),
  };
}
