import { type Book, covers, subjectsOf } from "./coverage.ts";
import type { Claim, LoggedStop } from "./race-log.ts";

/** What the one who stopped saw; nanoseconds of the machine's monotonic clock, which all processes share. */
export interface Ack {
  stopId: string;
  startNs: bigint;
  ackNs: bigint;
  underWay: readonly string[];
}

/** When somebody began to lift a stop: from then on a message may go again. */
export interface LiftBegun {
  stopId: string;
  startNs: bigint;
}

export interface Accepted {
  messageId: string;
  to: readonly string[];
  acceptedNs: bigint;
}

export interface Race {
  claims: readonly Claim[];
  stops: readonly LoggedStop[];
  acks: readonly Ack[];
  lifts: readonly LiftBegun[];
  accepted: readonly Accepted[];
  book: Book;
}

/** A claim and a stop race when their transactions overlap or are no further apart than this. */
export const raceWithinMs = 50;

/**
 * S1, by commit order and by the fences' counters: a claim that committed after a
 * covering stop must have come after its lift as well; and a claim saw a fence at or
 * beyond the stop's generation exactly when it committed after the stop.
 */
export function checkClaims(race: Race): {
  violations: string[];
  races: number;
  racedStops: number;
} {
  const bySubject = groupBySubject(race.stops);
  const violations: string[] = [];
  const raced = new Set<string>();
  let races = 0;
  for (const claim of race.claims) {
    for (const subject of subjectsOf(claim, race.book)) {
      for (const stop of bySubject.get(subject) ?? []) {
        if (!covers(stop, claim, race.book)) continue;
        if (stop.began - claim.at <= raceWithinMs && claim.began - stop.at <= raceWithinMs) {
          races++;
          raced.add(stop.id);
        }
        const lifted = stop.liftedN !== null && stop.liftedN < claim.n;
        if (stop.n < claim.n && !lifted) {
          violations.push(
            `S1 order: claim ${claim.n} of ${claim.messageId} after ${stop.kind} ${stop.n}`,
          );
        }
        const seen = fenceSeen(stop, claim);
        if (seen !== null && seen >= stop.generation !== stop.n < claim.n) {
          violations.push(
            `S1 fence: claim ${claim.n} saw ${seen}, ${stop.kind} ${stop.n} set ${stop.generation}`,
          );
        }
      }
    }
  }
  return { violations, races, racedStops: raced.size };
}

/** The counter that the claim saw of the fence the stop set; null for a stop on a further address. */
function fenceSeen(stop: LoggedStop, claim: Claim): number | null {
  if (stop.subjectType === "domain") return claim.fences.workspace;
  if (stop.subject === claim.contactId) return claim.fences.contact;
  if (stop.subject === claim.key) return claim.fences.key;
  return null;
}

/** S2: nothing is accepted after an acknowledgement that did not list it, unless the stop is being lifted. */
export function checkAccepted(race: Race): { violations: string[]; listed: number } {
  const lastClaim = new Map(race.claims.map((claim) => [claim.messageId, claim]));
  const stops = new Map(race.stops.map((stop) => [stop.id, stop]));
  const lifting = new Map<string, bigint>();
  for (const { stopId, startNs } of race.lifts) {
    const known = lifting.get(stopId);
    if (known === undefined || startNs < known) lifting.set(stopId, startNs);
  }
  const acks = new Map<string, { ack: Ack; stop: LoggedStop }[]>();
  for (const ack of race.acks) {
    const stop = stops.get(ack.stopId);
    if (!stop) continue;
    const known = acks.get(stop.subject);
    if (known) known.push({ ack, stop });
    else acks.set(stop.subject, [{ ack, stop }]);
  }
  const violations: string[] = [];
  let listed = 0;
  for (const mail of race.accepted) {
    const claim = lastClaim.get(mail.messageId);
    if (!claim) {
      violations.push(`S3: ${mail.messageId} was accepted and never claimed`);
      continue;
    }
    if (mail.to.length !== 1 || mail.to[0] !== claim.address) {
      violations.push(
        `S4: ${mail.messageId} went to ${mail.to} and was gated for ${claim.address}`,
      );
    }
    for (const subject of subjectsOf(claim, race.book)) {
      for (const { ack, stop } of acks.get(subject) ?? []) {
        if (!covers(stop, claim, race.book)) continue;
        const until = lifting.get(stop.id);
        if (mail.acceptedNs <= ack.ackNs || (until !== undefined && mail.acceptedNs >= until))
          continue;
        if (ack.underWay.includes(mail.messageId)) listed++;
        else {
          const late = Number(mail.acceptedNs - ack.ackNs) / 1e6;
          violations.push(
            `S2: ${mail.messageId} accepted ${late} ms after ${stop.kind} was acknowledged`,
          );
        }
      }
    }
  }
  return { violations, listed };
}

/** S13: at most one accepted message per enrolment step and address. */
export function checkOnce(
  accepted: readonly Accepted[],
  stepOf: (messageId: string) => string,
): string[] {
  const seen = new Set<string>();
  return accepted.flatMap(({ messageId }) => {
    const step = stepOf(messageId);
    if (seen.has(step)) return [`S13: ${step} was accepted twice`];
    seen.add(step);
    return [];
  });
}

function groupBySubject(stops: readonly LoggedStop[]): Map<string, LoggedStop[]> {
  const groups = new Map<string, LoggedStop[]>();
  for (const stop of stops) {
    const group = groups.get(stop.subject);
    if (group) group.push(stop);
    else groups.set(stop.subject, [stop]);
  }
  return groups;
}
