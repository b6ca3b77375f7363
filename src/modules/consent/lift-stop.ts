import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, record } from "../ledger/index.ts";
import { noteLift } from "./consents/note-unsubscribes.ts";
import { journalLifts } from "./journal.ts";
import { liftPolicy } from "./lift-policy.ts";
import { findStop, insertLift, type StopRecord } from "./queries.ts";
import { type Lifter, whyNotLift } from "./rules.ts";

export interface LiftRequest {
  stopId: string;
  actor: Actor;
  lifter: Lifter;
  /** Who authorised it, in the lifter's words. */
  authorization?: string;
  evidence?: Record<string, unknown>;
}

/** Ends one stop, naming it; others on the same contact go on standing. Throws `lift_not_allowed` saying who may. */
export async function liftStop(tx: Tx, request: LiftRequest): Promise<StopRecord> {
  const stop = await findStop(tx, request.stopId);
  if (!stop) throw new HeedError("not_found", "There is no such stop.");
  if (!stop.standing) throw new HeedError("state_conflict", "This stop was lifted already.");
  const evidence = request.evidence ?? {};
  const refusal = whyNotLift(
    stop,
    request.lifter,
    { authorization: request.authorization ?? "", hasEvidence: Object.keys(evidence).length > 0 },
    await liftPolicy(tx),
  );
  if (refusal)
    throw new HeedError("lift_not_allowed", refusal, { stop_id: stop.id, kind: stop.kind });
  const lift = {
    id: newId(),
    stopId: stop.id,
    actorType: request.actor.type,
    actorId: request.actor.id,
    authorization: request.authorization ?? "",
    evidence,
  };
  if (!(await insertLift(tx, lift)))
    throw new HeedError("state_conflict", "This stop was lifted already.");
  await record(tx, {
    act: "stop.lifted",
    actor: request.actor,
    contactId: stop.subject_type === "contact" ? stop.subject : null,
    key: stop.subject_type === "contact" ? null : stop.subject,
    subjectId: stop.id,
    detail: { kind: stop.kind, cause: stop.cause, channel: stop.channel },
  });
  await noteLift(tx, stop, request.actor);
  journalLifts(tx, [lift]);
  return (await findStop(tx, stop.id)) as StopRecord;
}
