/** What an account's messages of the last days met. */
export interface BreakerFigures {
  accepted: number;
  /** Hard bounces at the hand-over: never accepted, and among `hard_bounces` as well. */
  refused: number;
  hard_bounces: number;
  complaints: number;
}

export interface BreakerLimits {
  hard_bounce_percent: number;
  complaint_percent: number;
  /** Fewer messages than this say nothing. */
  at_least: number;
}

export type TripReason = "hard_bounces" | "complaints";

/** Why the figures trip the breaker, or null. Shares are of all that was handed over; the limit itself trips. */
export function tripReason(figures: BreakerFigures, limits: BreakerLimits): TripReason | null {
  const handedOver = figures.accepted + figures.refused;
  if (handedOver === 0 || handedOver < limits.at_least) return null;
  if (reaches(figures.complaints, handedOver, limits.complaint_percent)) return "complaints";
  if (reaches(figures.hard_bounces, handedOver, limits.hard_bounce_percent)) return "hard_bounces";
  return null;
}

/** In whole hundredths of a percent: 0.3 % of 1,000 is 3 and not a little less. */
function reaches(count: number, of: number, percent: number): boolean {
  return count * 10_000 >= Math.round(percent * 100) * of;
}
