import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../kernel/package-root.ts";

/** Readings of the base table that are wanted, beside those of contacts, consent (the gate) and removal. */
const wanted: Readonly<Record<string, string>> = {
  "src/modules/campaigns/content-queries.ts": "fills a message that the gate let pass already",
  "src/modules/sending/claim-queries.ts": "whose claims a stop must wait for, deleted since or not",
  "src/modules/sending/fence-queries.ts":
    "whose fences a claim stands behind, deleted since or not",
  "src/modules/imports/undo-queries.ts":
    "an undo says of contacts in the bin that they were deleted since",
};

function queries(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return queries(path);
    return entry.name.endsWith(".ts") && !/\.test\.ts$|testing\.ts$/.test(entry.name) ? [path] : [];
  });
}

test("whoever reads contacts reads those that are live: the base table shows the bin", () => {
  const reading = queries(join(packageRoot, "src/modules"))
    .filter((path) => !/\/modules\/(contacts|consent|removal)\//.test(path))
    .filter((path) =>
      /\b(?:FROM|JOIN)\s+contact\b(?!_)/.test(
        readFileSync(path, "utf8").replace(/DELETE FROM contact\b/g, ""),
      ),
    )
    .map((path) => relative(packageRoot, path));
  expect(reading.sort()).toEqual(Object.keys(wanted).sort());
});
