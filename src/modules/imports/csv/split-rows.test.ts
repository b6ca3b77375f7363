import fc from "fast-check";
import { expect, it } from "vitest";
import { HeedError } from "../../../kernel/errors.ts";
import { type LineEnd, RowSplitter, type SplitRow } from "./split-rows.ts";

function split(chunks: readonly string[], lineEnd: LineEnd, delimiter = ","): SplitRow[] | string {
  const rows: SplitRow[] = [];
  const splitter = new RowSplitter({ delimiter, lineEnd, maxRow: 1_000 });
  try {
    for (const chunk of chunks) splitter.push(chunk, false, rows);
    splitter.push("", true, rows);
    return rows;
  } catch (error) {
    if (error instanceof HeedError) return `${error.code} ${JSON.stringify(error.details)}`;
    throw error;
  }
}

const messy = fc.string({
  unit: fc.constantFrom("a", '"', '"', ",", "\n", "\r\n", "\r", " ", "é"),
  maxLength: 60,
});

it("gives the same rows or the same refusal of any text, however it comes in chunks", () => {
  fc.assert(
    fc.property(
      messy,
      fc.array(fc.nat(60), { maxLength: 6 }),
      fc.constantFrom<LineEnd>("\n", "\r"),
      (text, cuts, lineEnd) => {
        const places = [
          0,
          ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b),
          text.length,
        ];
        const chunks = places.slice(1).map((end, i) => text.slice(places[i], end));
        expect(split(chunks, lineEnd)).toEqual(split([text], lineEnd));
      },
    ),
    { numRuns: 3_000 },
  );
});

it("loses no row and no line: raw rows put together are the text", () => {
  fc.assert(
    fc.property(messy, (text) => {
      const rows = split([text], "\n");
      if (typeof rows === "string") return;
      const kept = text.split("\n");
      for (const row of rows) {
        const lines = row.raw.split("\n").length;
        const there = kept.slice(row.line - 1, row.line - 1 + lines).join("\n");
        expect(there.replace(/\r+$/, "")).toBe(row.raw.replace(/\r+$/, ""));
        for (let i = 0; i < lines; i++) kept[row.line - 1 + i] = "";
      }
      expect(kept.join("").trim()).toBe("");
    }),
    { numRuns: 3_000 },
  );
});

it("takes white space after a closing quote for nothing", () => {
  expect(split(['a,"b" ,c\n"d"  \n'], "\n")).toMatchObject([
    { cells: ["a", "b", "c"] },
    { cells: ["d"] },
  ]);
});
