import { z } from "zod";
import { HeedError } from "../../kernel/errors.ts";
import { decodeCursor, encodeCursor, id } from "../../kernel/http/index.ts";

/** The last row of a page in an order by a moment and then by id; null stands after every moment. */
export interface Position {
  at: Date | null;
  id: string;
}

const values = z.tuple([z.iso.datetime({ precision: 3 }).nullable(), id]);

export function readPosition(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const read = values.safeParse(decodeCursor(cursor, 2));
  if (!read.success) throw badCursor();
  const [at, rowId] = read.data;
  return { at: at === null ? null : new Date(at), id: rowId };
}

/** Cuts off the row that was read beyond the page, and gives the cursor that continues after it. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => (string | number | null)[],
): { shown: Row[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    shown,
    next_cursor: rows.length > limit && last ? encodeCursor(positionOf(last)) : null,
  };
}

export function badCursor(): HeedError {
  return new HeedError(
    "bad_cursor",
    "This cursor was not made by this list. Leave it out to begin at the first page.",
  );
}
