import { z } from "zod";
import { id } from "../../../kernel/http/index.ts";
import { presentStopRecord, stopRecordSchema } from "../present.ts";
import type { StopRecord } from "../queries.ts";
import { type Lifter, type LiftPolicy, lifting, whyNotLift } from "../rules.ts";

/** A stop with who may lift it and how, and whether this caller may. */
export const liftableStopSchema = stopRecordSchema.extend({
  who_may_lift: z.string(),
  how: z.string(),
  may_lift: z.boolean(),
  needs_authorization: z.boolean(),
  needs_evidence: z.boolean(),
});

export const suppressionSchema = liftableStopSchema.extend({ contact_id: id.nullable() });

export function presentLiftable(
  stop: StopRecord,
  lifter: Lifter,
  policy: LiftPolicy,
): z.input<typeof liftableStopSchema> {
  const rule = lifting(stop, policy);
  const complete = { authorization: "given", hasEvidence: true };
  return {
    ...presentStopRecord(stop),
    who_may_lift: rule.who,
    how: rule.how,
    may_lift: stop.standing && whyNotLift(stop, lifter, complete, policy) === null,
    needs_authorization: rule.needsAuthorization,
    needs_evidence: rule.needsEvidence,
  };
}
