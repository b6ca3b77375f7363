import { HeedError } from "../../../kernel/errors.ts";
import type { SplitRow } from "./split-rows.ts";

/**
 * The column names of a file's first row, each non-empty and unique ("Column 3", "Email (2)"),
 * so that a mapping can name them. Throws `csv_no_header`, `csv_too_many_columns` or
 * `csv_nul_byte`.
 */
export function readHeader(row: SplitRow, maxColumns: number): string[] {
  if (row.cells.length > maxColumns) {
    throw new HeedError(
      "csv_too_many_columns",
      `This file has ${row.cells.length.toLocaleString("en")} columns; the most is ${maxColumns}. Keep the columns you need and save it again.`,
      { columns: row.cells.length, most: maxColumns },
    );
  }
  if (row.raw.includes("\0")) {
    throw new HeedError(
      "csv_nul_byte",
      `The header on line ${row.line} holds a NUL byte. Save the file again as CSV (UTF-8).`,
      { line: row.line },
    );
  }
  const names = row.cells.map((cell) =>
    cell
      .replace(/[\u200B\uFEFF]/gu, "")
      .trim()
      .normalize("NFC"),
  );
  if (holdsContacts(names)) {
    throw new HeedError(
      "csv_no_header",
      `The first row (line ${row.line}) holds a contact, not column names. Add a row above it that names each column, such as Email, First name, Company.`,
      { line: row.line, found: names.length },
    );
  }
  return unique(names.map((name, index) => name || `Column ${index + 1}`));
}

/** An address, or nothing but numbers, is a contact's row. */
function holdsContacts(names: string[]): boolean {
  if (names.some((name) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(name))) return true;
  const filled = names.filter((name) => name !== "");
  return filled.length > 0 && filled.every((name) => /^\+?[\d\s().\-/:]+$/.test(name));
}

function unique(names: string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let n = 2; seen.has(free.toLowerCase()); n++) free = `${name} (${n})`;
    seen.add(free.toLowerCase());
    return free;
  });
}
