import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterReport } from "./rules.ts";

describe("what is learned of a message that went out", () => {
  const facts = ["delivered", "bounced", "complained"] as const;
  const endOf = (reports: readonly (typeof facts)[number][]) =>
    reports.reduce<string>((state, fact) => (afterReport(state, fact) ? fact : state), "accepted");

  test("gives one state in any order and with any repetition", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 8 }), (reports) => {
        expect(endOf(reports)).toBe(endOf([...new Set(reports)].sort()));
      }),
    );
  });

  test("changes nothing of a message that never went out", () => {
    for (const state of ["queued", "claimed", "failed", "cancelled", "no such state"]) {
      for (const fact of facts) expect(afterReport(state, fact)).toBe(false);
    }
  });
});
