import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { parsePhone } from "../../contacts/index.ts";
import { openCsv } from "./read-csv.ts";
import { type RejectedRow, rejectedCsv } from "./rejected-csv.ts";

function row(
  values: string[],
  reason = "The row has 2 cells where the header has 3.",
): RejectedRow {
  return { rowNumber: 4, lineNumber: 5, reason, values };
}

it("holds each rejected row with its reason, in a file that imports again", async () => {
  const written = await text(
    rejectedCsv(["Email", "Phone", "Note"], [row(["a@b.org", "+32470123456", 'x "y"\nz'])]),
  );
  const file = await openCsv(Readable.from([Buffer.from(written)]));
  expect(file.header).toEqual(["Row", "Line", "Reason", "Email", "Phone", "Note"]);
  for await (const batch of file.batches) {
    expect(batch.rejections).toEqual([]);
    const values = batch.records[0]?.values ?? [];
    expect(values).toEqual([
      "4",
      "5",
      "The row has 2 cells where the header has 3.",
      "a@b.org",
      "'+32470123456",
      'x "y"\nz',
    ]);
    expect(parsePhone(values[4] ?? "")).toMatchObject({ normalised: "+32470123456" });
  }
});

it.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  " =1",
  "＝1+1",
  "＋1",
  "－1",
  "＠x",
  "\0=1",
  "\u200B=1",
  "\uFEFF@x",
])("lets no spreadsheet run %j", async (cell) => {
  const written = await text(rejectedCsv([cell], [row([cell], cell)]));
  expect(written).not.toContain("\0");
  const file = await openCsv(Readable.from([Buffer.from(written)]));
  const cells = [...file.header];
  for await (const batch of file.batches)
    cells.push(...batch.records.flatMap((record) => record.values));
  for (const found of cells)
    expect(found).not.toMatch(/^[\s\u200B\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u);
});

it("ends with the error of the rows it is given", async () => {
  async function* failing(): AsyncGenerator<RejectedRow> {
    yield row(["a"]);
    throw new Error("the database went away");
  }
  await expect(text(rejectedCsv(["Email"], failing()))).rejects.toThrow("the database went away");
});
