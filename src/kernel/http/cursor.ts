import { HeedError } from "../errors.ts";

/** An opaque cursor: the sort values of the last row of a page. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** The values of a cursor, or an error that says to start from the first page. */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((v) => v === null || typeof v === "string" || typeof v === "number")
    ) {
      return values;
    }
  } catch {
    // Answered below.
  }
  throw new HeedError(
    "bad_cursor",
    "This cursor was not made by this list. Leave it out to begin at the first page.",
  );
}
