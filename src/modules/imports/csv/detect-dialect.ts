import { type LineEnd, RowSplitter, type SplitRow } from "./split-rows.ts";

export const csvDelimiters = [",", ";", "\t", "|"] as const;
export type CsvDelimiter = (typeof csvDelimiters)[number];

/** Classic Mac files end lines with CR alone. A CR followed by LF, or any LF, says otherwise. */
export function detectLineEnd(sample: string): LineEnd {
  return !sample.includes("\n") && sample.includes("\r") ? "\r" : "\n";
}

/**
 * The delimiter that splits the first rows of a file most evenly; a comma for a single column.
 * `whole` says that the text is the whole file, so its last row counts.
 */
export function detectDelimiter(text: string, whole: boolean): CsvDelimiter {
  const sample = text.slice(0, 65_536);
  const complete = whole && sample.length === text.length;
  const lineEnd = detectLineEnd(sample);
  let best: CsvDelimiter = ",";
  let bestScore = 0;
  for (const delimiter of csvDelimiters) {
    const rows = firstRows(sample, delimiter, lineEnd, complete);
    const columns = rows[0]?.cells.length ?? 1;
    if (columns < 2) continue;
    const even = rows.filter((row) => row.cells.length === columns && !row.strayQuote).length;
    // Evenness first, then the number of columns, so that "a;b,c" rows do not win by accident.
    const score = even / rows.length + Math.min(columns, 100) / 1_000;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function firstRows(
  sample: string,
  delimiter: string,
  lineEnd: LineEnd,
  whole: boolean,
): SplitRow[] {
  const rows: SplitRow[] = [];
  try {
    const splitter = new RowSplitter({ delimiter, lineEnd, maxRow: Number.MAX_SAFE_INTEGER });
    splitter.push(sample, false, rows);
    if (rows.length === 0 || whole) splitter.push("", true, rows);
  } catch {
    // Quotes that do not fit this delimiter; what came before them still counts.
  }
  return rows.slice(0, 50);
}
