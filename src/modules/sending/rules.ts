import type { HandOverResult, RefusedAt } from "./transport.ts";

/** Tries before a message that only meets temporary refusals is given up. */
export const maxAttempts = 8;

/** Wait before the next try, in ms: one minute, doubling, at most six hours, spread by ±20 % (`chance` in 0..1). */
export function backOff(attempts: number, chance: number): number {
  const minutes = Math.min(2 ** Math.max(0, attempts - 1), 360);
  return Math.round(minutes * 60_000 * (0.8 + 0.4 * chance));
}

/** While the provider itself is out of reach a message says nothing about itself, and waits longer before it is given up. */
const maxConnectionFaults = 100;

/**
 * Wait before a message's next try after a temporary refusal, in ms, or null when it
 * is given up. Tries that a server answered and those that met none are counted
 * apart: an outage uses up nothing of a greylisted message's patience.
 */
export function nextTry(
  tries: { answered: number; faults: number },
  result: { at: RefusedAt; retryAfterMs?: number },
  chance: number,
): number | null {
  if (result.at === "connection") {
    return tries.faults >= maxConnectionFaults
      ? null
      : Math.max(result.retryAfterMs ?? 0, Math.min(backOff(tries.faults, chance), 15 * 60_000));
  }
  return tries.answered >= maxAttempts
    ? null
    : Math.max(result.retryAfterMs ?? 0, backOff(tries.answered, chance));
}

/**
 * Whether a permanent refusal says that the mailbox itself does not exist (RFC
 * 3463: 5.1.1 bad mailbox, 5.1.2 bad system, 5.1.3 bad syntax, 5.1.6 moved,
 * 5.1.10 null MX). Anything else is about policy, content or the sender, and
 * says nothing of the address: most 5xx replies do not mean hard.
 */
export function isHardBounce(result: HandOverResult): boolean {
  if (result.outcome !== "permanent" || result.at !== "recipient") return false;
  if (result.hard) return true;
  return /^5\.1\.(1|2|3|6|10)$/.test(result.code);
}

/** How many of `wanted` a token bucket of one second's size lets through, and what is left in it. */
export function takeTokens(
  bucket: { tokens: number; ageSeconds: number; perSecond: number | null },
  wanted: number,
): { granted: number; tokens: number } {
  if (bucket.perSecond === null) return { granted: wanted, tokens: 0 };
  const filled = Math.min(bucket.perSecond, bucket.tokens + bucket.ageSeconds * bucket.perSecond);
  const granted = Math.min(wanted, Math.floor(filled));
  return { granted, tokens: filled - granted };
}

/** What is learned of a message after a provider accepted it. */
export type ReportedFact = "delivered" | "bounced" | "complained";

const weight: Readonly<Record<string, number>> = {
  accepted: 1,
  unknown: 1,
  delivered: 2,
  bounced: 3,
  complained: 4,
};

/** Whether a message in this state has left, so that reports are about it. */
export function wentOut(state: string): boolean {
  return weight[state] !== undefined;
}

/**
 * Whether a report changes the state of a message: only towards what weighs
 * more, so that the order of reports does not matter (S7). A message that never
 * went out is not changed by any.
 */
export function afterReport(state: string, fact: ReportedFact): boolean {
  const before = weight[state];
  return before !== undefined && (weight[fact] as number) > before;
}

/** Whether a provider refused a text because its person answered STOP to it (Twilio's 21610). */
export function saysOptedOut(refusal: { channel: string; code: string }): boolean {
  return refusal.channel !== "email" && (refusal.code === "21610" || refusal.code === "opted_out");
}
