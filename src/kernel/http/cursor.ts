import { HeedError } from "../errors.ts";

/** An opaque cursor: the sort values of the last row of a page. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** The values of a cursor, or an error that says to start from the first page. */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(values) && values.length === length && values.every(isSortValue)) {
      return values;
    }
  } catch {
    // Answered below.
  }
  throw badCursor();
}

/** The id that a cursor of one id holds, or the same error. */
export function decodeIdCursor(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  if (typeof id !== "string" || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    throw badCursor();
  return id;
}

/** The position that a cursor of one number holds, or the same error. */
export function decodePositionCursor(cursor: string): number {
  const [position] = decodeCursor(cursor, 1);
  if (typeof position !== "number" || !Number.isSafeInteger(position)) throw badCursor();
  return position;
}

function isSortValue(value: unknown): value is string | number | null {
  // PostgreSQL keeps no NUL in a text, so no row can have been sorted by one.
  return (
    value === null ||
    typeof value === "number" ||
    (typeof value === "string" && !value.includes("\0"))
  );
}

function badCursor(): HeedError {
  return new HeedError(
    "bad_cursor",
    "This cursor was not made by this list. Leave it out to begin at the first page.",
  );
}
