import { parse } from "csv-parse/sync";
import { HeedError, messageOf } from "../../../kernel/errors.ts";

/** A line of a suppression list as it was written. */
export interface Written {
  /** Line of the file, 1 for the first. */
  line: number;
  text: string;
}

export const linesAtMost = 100_000;

const columnNames = new Set([
  "email",
  "e-mail",
  "mail",
  "email address",
  "e-mail address",
  "emailaddress",
  "address",
  "domain",
  "phone",
  "phone number",
  "recipient",
]);

/**
 * Reads a suppression list: one address or domain a line, or CSV whose header
 * has an email, address, domain or phone column. Empty lines are left out.
 * @throws HeedError csv_unreadable, too_many_lines
 */
export function parseSuppressions(text: string): Written[] {
  const content = text.replace(/^\uFEFF/, "");
  const header = headerOf(content);
  const written = header === null ? plainLines(content) : csvColumn(content, header);
  if (written.length > linesAtMost) {
    throw new HeedError(
      "too_many_lines",
      `This list has ${written.length.toLocaleString("en")} lines; import at most ${linesAtMost.toLocaleString("en")} at a time.`,
    );
  }
  return written;
}

interface Header {
  column: number;
  delimiter: string;
}

/** Where the addresses stand, when the first line is a header that says so. */
function headerOf(content: string): Header | null {
  const first = /[^\r\n]*\S[^\r\n]*/.exec(content)?.[0] ?? "";
  for (const delimiter of [",", ";", "\t"]) {
    const names = first.split(delimiter).map((name) =>
      name
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .toLowerCase(),
    );
    const column = names.findIndex((name) => columnNames.has(name));
    if (column >= 0) return { column, delimiter };
  }
  return null;
}

function plainLines(content: string): Written[] {
  return content
    .split(/\r\n|\r|\n/)
    .map((text, i) => ({ line: i + 1, text: text.trim().replace(/^"(.*)"$/, "$1") }))
    .filter((each) => each.text !== "");
}

function csvColumn(content: string, header: Header): Written[] {
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(content, {
      delimiter: header.delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as typeof rows;
  } catch (error) {
    throw new HeedError(
      "csv_unreadable",
      `The list could not be read as CSV: ${messageOf(error)}. Correct that line, or send one address a line without a header.`,
    );
  }
  return rows
    .slice(1)
    .map(({ record, info }) => ({ line: info.lines, text: (record[header.column] ?? "").trim() }))
    .filter((each) => each.text !== "");
}
