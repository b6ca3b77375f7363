import { Temporal } from "temporal-polyfill";
import { HeedError } from "../../kernel/errors.ts";

/** When a campaign may send: days of the week (1 is Monday), from and to as wall-clock times. */
export interface SendingWindow {
  days: readonly number[];
  /** `09:00` */
  from: string;
  /** `17:00`, not included; `24:00` is the end of the day. */
  to: string;
}

const longestDays = 366;

/** The delay in its canonical ISO 8601 form. @throws HeedError bad_delay */
export function knownDelay(text: string): string {
  let delay: Temporal.Duration;
  try {
    delay = Temporal.Duration.from(text);
  } catch {
    throw badDelay(text, "is not a duration");
  }
  if (delay.sign < 0) throw badDelay(text, "goes back in time");
  if (inDays(delay) > longestDays) throw badDelay(text, "is longer than a year");
  return delay.blank ? "PT0S" : delay.toString();
}

/** Refuses a sequence that would go on for more than a year. @throws HeedError bad_delay */
export function checkSequence(delays: readonly string[]): void {
  const days = delays.reduce((sum, delay) => sum + inDays(Temporal.Duration.from(delay)), 0);
  if (days > longestDays) {
    throw new HeedError(
      "bad_delay",
      `The steps together take ${Math.round(days)} days; a sequence takes at most a year. Shorten the delays.`,
    );
  }
}

function inDays(delay: Temporal.Duration): number {
  return delay.total({ unit: "days", relativeTo: "2024-01-01" });
}

function badDelay(text: string, what: string): HeedError {
  return new HeedError(
    "bad_delay",
    `The delay "${text.slice(0, 40)}" ${what}. Write it as an ISO 8601 duration, such as PT0S (at once), PT4H or P3D.`,
  );
}

/** The moment `delay` after `at`: days and longer by the zone's calendar, so that 9:00 stays 9:00 across summer time. */
export function after(at: Date, delay: string, timeZone: string): Date {
  const start = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(start.add(Temporal.Duration.from(delay)).epochMilliseconds);
}

/** The minute of the day, 0 to 1440. */
export function minuteOf(time: string): number {
  const [hour, minute] = time.split(":");
  return Number(hour) * 60 + Number(minute);
}

/** @throws HeedError bad_sending_window */
export function checkWindow(window: SendingWindow): void {
  if (minuteOf(window.from) >= minuteOf(window.to)) {
    throw new HeedError(
      "bad_sending_window",
      `The sending window opens at ${window.from} and closes at ${window.to}. Let it open before it closes on the same day; 24:00 is the end of a day.`,
    );
  }
}

/**
 * The first moment from `at` on whose wall-clock time in the zone lies in the
 * window; `at` itself without a window. Exact across changes of summer time: a
 * window that falls into the skipped hour opens when the clock has jumped, or
 * on the next of its days where nothing of it is left.
 */
export function nextOpening(at: Date, window: SendingWindow | null, timeZone: string): Date {
  if (!window) return at;
  const from = minuteOf(window.from);
  const to = minuteOf(window.to);
  const days = new Set(window.days);
  let date = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  // The furthest is the same weekday of next week; one day more where its window was skipped.
  for (let i = 0; i <= 15; i++, date = date.add({ days: 1 })) {
    if (!days.has(date.dayOfWeek)) continue;
    for (const part of partsOfDay(date, timeZone)) {
      const midnight = date.toZonedDateTime("UTC").epochMilliseconds - part.offset;
      const opens = Math.max(part.start, midnight + from * 60_000, at.getTime());
      if (opens < Math.min(part.end, midnight + to * 60_000)) return new Date(opens);
    }
  }
  throw new HeedError(
    "bad_sending_window",
    "This sending window never opens. Give it at least one day of the week.",
  );
}

/** The stretches of a day in which the zone's offset stays the same (ms since the epoch). */
function partsOfDay(
  date: Temporal.PlainDate,
  timeZone: string,
): { start: number; end: number; offset: number }[] {
  const end = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  const parts: { start: number; end: number; offset: number }[] = [];
  let start: Temporal.ZonedDateTime | null = date.toZonedDateTime(timeZone);
  while (start && start.epochMilliseconds < end) {
    const next: Temporal.ZonedDateTime | null = start.getTimeZoneTransition("next");
    parts.push({
      start: start.epochMilliseconds,
      end: Math.min(end, next?.epochMilliseconds ?? end),
      offset: start.offsetNanoseconds / 1e6,
    });
    start = next;
  }
  return parts;
}

/** What a person may do to a follow-up in each of its states. */
export type FollowUpState = "active" | "paused" | "finished" | "replied" | "stopped" | "removed";
export const followUpStates: readonly FollowUpState[] = [
  "active",
  "paused",
  "finished",
  "replied",
  "stopped",
  "removed",
];

export type FollowUpVerb = "pause" | "continue" | "restart" | "remove";

const mayFollow: Readonly<Record<FollowUpVerb, readonly FollowUpState[]>> = {
  pause: ["active", "paused"],
  // A lifted stop does not start anything by itself; a person continues it.
  continue: ["active", "paused", "stopped", "replied"],
  restart: ["active", "paused", "finished", "stopped", "replied"],
  remove: ["active", "paused", "finished", "stopped", "replied", "removed"],
};

/** @throws HeedError state_conflict */
export function checkVerb(verb: FollowUpVerb, state: FollowUpState): void {
  if (mayFollow[verb].includes(state)) return;
  throw new HeedError(
    "state_conflict",
    state === "removed"
      ? "This follow-up was removed. Add the contact to another campaign to write to it again."
      : `A follow-up that is ${state} cannot be ${verb === "pause" ? "paused" : "continued"}.${state === "finished" ? " Restart it to begin at the first step." : ""}`,
    { state },
  );
}

/** The accounts that a campaign's steps send by, as far as they are settled. */
export function accountsOf(campaign: {
  sending_account_id: string | null;
  steps: readonly { account_id: string | null }[];
}): string[] {
  const ids = campaign.steps.map((step) => step.account_id ?? campaign.sending_account_id);
  return [...new Set(ids)].filter((id) => id !== null);
}
