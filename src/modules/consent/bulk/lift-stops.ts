import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { journalLifts } from "../journal.ts";
import { liftPolicy } from "../lift-policy.ts";
import type { StopRecord } from "../queries.ts";
import { type Lifter, whyNotLift } from "../rules.ts";
import { findStops, insertLifts } from "./bulk-queries.ts";

/** What came of each stop that was to be lifted. */
export type LiftOutcome = "lifted" | "lifted_already" | "lift_not_allowed";

/** The set-based form of a lift: the same rules for each stop, one statement a step. */
export async function liftStops(
  tx: Tx,
  request: { stopIds: readonly string[]; actor: Actor; lifter: Lifter; authorization: string },
): Promise<Map<string, LiftOutcome>> {
  const { stopIds, actor, lifter, authorization } = request;
  const policy = await liftPolicy(tx);
  const outcomes = new Map<string, LiftOutcome>();
  const allowed: StopRecord[] = [];
  for (const stop of await findStops(tx, stopIds)) {
    const refusal = whyNotLift(stop, lifter, { authorization, hasEvidence: false }, policy);
    if (refusal) outcomes.set(stop.id, "lift_not_allowed");
    else allowed.push(stop);
  }
  const lifts = allowed.map((stop) => ({
    id: newId(),
    stopId: stop.id,
    actorType: actor.type,
    actorId: actor.id,
    authorization,
    evidence: {},
  }));
  const ended = lifts.length > 0 ? await insertLifts(tx, lifts) : new Set<string>();
  for (const stop of allowed) {
    outcomes.set(stop.id, ended.has(stop.id) ? "lifted" : "lifted_already");
  }
  await record(
    tx,
    ...allowed
      .filter((stop) => ended.has(stop.id))
      .map((stop) => ({
        act: "stop.lifted",
        actor,
        contactId: stop.subject_type === "contact" ? stop.subject : null,
        key: stop.subject_type === "contact" ? null : stop.subject,
        subjectId: stop.id,
        detail: { kind: stop.kind, cause: stop.cause, channel: stop.channel },
      })),
  );
  journalLifts(
    tx,
    lifts.filter((lift) => ended.has(lift.stopId)),
  );
  return outcomes;
}
