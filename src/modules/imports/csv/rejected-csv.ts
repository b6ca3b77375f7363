import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { stringify } from "csv-stringify";

/** A row that was not imported, by the reader or by a later step. */
export interface RejectedRow {
  readonly rowNumber: number;
  readonly lineNumber: number;
  readonly reason: string;
  readonly values: readonly string[];
}

/**
 * The rejected rows of an import as CSV to correct and import again: row, line and reason, then
 * the file's own columns. Opened in a spreadsheet no cell runs as a formula. Cells beyond the
 * header, where a row had too many, follow unnamed.
 */
export function rejectedCsv(
  header: readonly string[],
  rows: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): Readable {
  const output = stringify({ escape_formulas: true, bom: true, record_delimiter: "windows" });
  async function* lines(): AsyncGenerator<string[]> {
    yield ["Row", "Line", "Reason", ...header.map(harmless)];
    for await (const row of rows) {
      yield [
        String(row.rowNumber),
        String(row.lineNumber),
        harmless(row.reason),
        ...row.values.map(harmless),
      ];
    }
  }
  pipeline(lines, output, () => {
    // The reader of `output` learns of a failed source by its "error" event.
  });
  return output;
}

/**
 * Without NUL, which cuts a cell short in some programs, and with an apostrophe before the
 * full-width = + - @ that Excel in East Asian locales runs too; csv-stringify guards the plain ones,
 * but only as the very first letter.
 */
function harmless(cell: string): string {
  const text = cell.replaceAll("\0", "");
  if (/^[\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text)) return `'${text}`;
  if (/^[\s\u200B\uFEFF]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text)) return `'${text}`;
  return text;
}
