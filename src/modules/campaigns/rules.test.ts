import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  after,
  checkSequence,
  checkWindow,
  knownDelay,
  minuteOf,
  nextOpening,
  type SendingWindow,
} from "./rules.ts";

const office: SendingWindow = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };

function opens(at: string, window: SendingWindow, zone: string): string {
  return nextOpening(new Date(at), window, zone).toISOString();
}

describe("a sending window", () => {
  it("lets a message go at once while it is open, and waits for Monday from Friday evening on", () => {
    expect(opens("2026-03-27T10:00:00Z", office, "Europe/Berlin")).toBe("2026-03-27T10:00:00.000Z");
    // 17:00 itself is closed; on Sunday the clocks go forward, so Monday 9:00 is 7:00 UTC.
    expect(opens("2026-03-27T16:00:00Z", office, "Europe/Berlin")).toBe("2026-03-30T07:00:00.000Z");
  });

  it("opens after the jump when its beginning is skipped, and the next day when all of it is", () => {
    const night = { days: [1, 2, 3, 4, 5, 6, 7], from: "02:30", to: "04:00" };
    expect(opens("2026-03-29T00:00:00Z", night, "Europe/Berlin")).toBe("2026-03-29T01:00:00.000Z");
    expect(opens("2026-03-29T00:00:00Z", { ...night, to: "02:45" }, "Europe/Berlin")).toBe(
      "2026-03-30T00:30:00.000Z",
    );
    expect(
      opens("2026-03-29T00:00:00Z", { days: [7], from: "02:10", to: "02:20" }, "Europe/Berlin"),
    ).toBe("2026-04-05T00:10:00.000Z");
  });

  it("opens again in the hour that comes twice", () => {
    const window = { days: [7], from: "02:00", to: "02:30" };
    expect(opens("2026-10-25T00:45:00Z", window, "Europe/Berlin")).toBe("2026-10-25T01:00:00.000Z");
  });

  it("is always the first moment whose wall clock lies in it", () => {
    const zones = [
      "Europe/Berlin",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kolkata",
      "UTC",
      "America/Santiago",
    ];
    const inWindow = (ms: number, window: SendingWindow, zone: string) => {
      const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      const minute = local.hour * 60 + local.minute;
      return (
        window.days.includes(local.dayOfWeek) &&
        minute >= minuteOf(window.from) &&
        minute < minuteOf(window.to)
      );
    };
    const time = fc.integer({ min: 0, max: 1440 });
    const written = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.tuple(time, time).filter(([a, b]) => a !== b),
        (zone, minute, days, [a, b]) => {
          const window = { days, from: written(Math.min(a, b)), to: written(Math.max(a, b)) };
          const at = minute * 60_000;
          const opening = nextOpening(new Date(at), window, zone).getTime();
          expect(inWindow(opening, window, zone)).toBe(true);
          // Nothing earlier would do: looked at in steps that no window of five minutes slips through.
          const step = Math.min(5, minuteOf(window.to) - minuteOf(window.from)) * 60_000;
          const looked = Math.max(at, opening - 36 * 3_600_000);
          for (let ms = looked; ms < opening; ms += step)
            expect(inWindow(ms, window, zone)).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is refused when it closes before it opens", () => {
    expect(() => checkWindow({ days: [1], from: "17:00", to: "09:00" })).toThrow(/17:00.*09:00/);
  });
});

describe("a delay between steps", () => {
  it("keeps the time of day when the clocks change", () => {
    expect(after(new Date("2026-03-28T08:00:00Z"), "P1D", "Europe/Berlin").toISOString()).toBe(
      "2026-03-29T07:00:00.000Z",
    );
    expect(after(new Date("2026-03-28T08:00:00Z"), "PT24H", "Europe/Berlin").toISOString()).toBe(
      "2026-03-29T08:00:00.000Z",
    );
  });

  it.each(["3 days", "-P1D", "P2Y", "", "P", "1"])(
    "is refused with an example when it is %s",
    (text) => {
      expect(() => knownDelay(text)).toThrow(/PT4H/);
    },
  );

  it("is kept in one form", () => {
    expect([knownDelay("PT0S"), knownDelay("P0D"), knownDelay("PT1.5H")]).toEqual([
      "PT0S",
      "PT0S",
      "PT1H30M",
    ]);
  });

  it("adds up to at most a year", () => {
    expect(() => checkSequence(["PT0S", "P200D", "P200D"])).toThrow(/at most a year/);
  });
});
