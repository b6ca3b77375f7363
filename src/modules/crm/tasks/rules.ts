import { Temporal } from "temporal-polyfill";

/** Which open tasks: those whose time has passed, those of today, those after today. */
export const dueChoices = ["overdue", "today", "upcoming"] as const;
export type Due = (typeof dueChoices)[number];

/**
 * The span of due times that a choice stands for. A task of today counts as of today also after
 * its hour has passed; it is overdue from then on as well.
 */
export function spanOf(
  due: Due | undefined,
  now: Date,
  timeZone: string,
): { dueFrom: Date | null; dueBefore: Date | null } {
  if (due === undefined) return { dueFrom: null, dueBefore: null };
  if (due === "overdue") return { dueFrom: null, dueBefore: now };
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .startOfDay();
  const begins = new Date(today.epochMilliseconds);
  const ends = new Date(today.add({ days: 1 }).epochMilliseconds);
  return due === "today"
    ? { dueFrom: begins, dueBefore: ends }
    : { dueFrom: ends, dueBefore: null };
}
