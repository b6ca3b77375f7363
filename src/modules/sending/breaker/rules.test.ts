import { describe, expect, test } from "vitest";
import { type BreakerFigures, tripReason } from "./rules.ts";

const limits = { hard_bounce_percent: 4, complaint_percent: 0.3, at_least: 200 };
const none: BreakerFigures = { accepted: 0, refused: 0, hard_bounces: 0, complaints: 0 };
const reasonOf = (figures: Partial<BreakerFigures>) => tripReason({ ...none, ...figures }, limits);

describe("the breaker of an account", () => {
  test.each([
    ["4 % hard bounces", { accepted: 200, hard_bounces: 8 }, "hard_bounces"],
    ["a little less", { accepted: 200, hard_bounces: 7 }, null],
    ["a little less of more", { accepted: 10_000, hard_bounces: 399 }, null],
    ["0.3 % complaints", { accepted: 1_000, complaints: 3 }, "complaints"],
    ["a little less", { accepted: 1_001, complaints: 3 }, null],
    ["both", { accepted: 1_000, hard_bounces: 40, complaints: 3 }, "complaints"],
    ["refusals at the hand-over", { accepted: 192, refused: 8, hard_bounces: 8 }, "hard_bounces"],
    ["nothing accepted at all", { refused: 200, hard_bounces: 200 }, "hard_bounces"],
    ["too few messages to say", { accepted: 199, hard_bounces: 199, complaints: 199 }, null],
    ["nothing sent", {}, null],
  ])("%s: %j", (_, figures, reason) => {
    expect(reasonOf(figures)).toBe(reason);
  });

  test("asks for whole percents and hundredths alike", () => {
    for (const percent of [0.01, 0.07, 0.29, 0.57, 1.1, 8.2]) {
      const of = { ...limits, complaint_percent: percent };
      const at = Math.round(percent * 100);
      expect(tripReason({ ...none, accepted: 10_000, complaints: at }, of)).toBe("complaints");
      expect(tripReason({ ...none, accepted: 10_000, complaints: at - 1 }, of)).toBe(null);
    }
  });

  test("never trips on nothing, whatever the limits", () => {
    expect(tripReason(none, { ...limits, at_least: 1 })).toBe(null);
  });
});
