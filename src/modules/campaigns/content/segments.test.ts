import { describe, expect, it } from "vitest";
import { countSegments } from "./segments.ts";

describe("the segments of a text message", () => {
  it.each([
    ["", "gsm7", 0, 1],
    ["a".repeat(160), "gsm7", 160, 1],
    ["a".repeat(161), "gsm7", 161, 2],
    ["a".repeat(306), "gsm7", 306, 2],
    ["a".repeat(307), "gsm7", 307, 3],
    ["€".repeat(80), "gsm7", 160, 1],
    ["€".repeat(81), "gsm7", 162, 2],
    ["é", "gsm7", 1, 1],
    ["ç", "ucs2", 1, 1],
    ["✓".repeat(70), "ucs2", 70, 1],
    ["✓".repeat(71), "ucs2", 71, 2],
    ["😀".repeat(35), "ucs2", 70, 1],
    ["😀".repeat(36), "ucs2", 72, 2],
  ])("of %j are %s, %i units in %i", (text, encoding, units, segments) => {
    expect(countSegments(text)).toEqual({ encoding, units, segments });
  });

  it("never cut a letter in two", () => {
    // 152 septets and a letter of two do not fit into 153 together.
    expect(countSegments(`${"a".repeat(152)}€${"a".repeat(152)}`).segments).toBe(3);
    expect(countSegments(`${"a".repeat(152)}${"a".repeat(154)}`).segments).toBe(2);
    expect(countSegments("😀".repeat(67)).segments).toBe(3);
  });
});
