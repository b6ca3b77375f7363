import { z } from "zod";
import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { decodeCursor, encodeCursor, id, rfc3339, time } from "../../kernel/http/index.ts";
import type { Viewer } from "../contacts/index.ts";
import { type CountedList, pageOfLists } from "./queries.ts";
import { requireList } from "./require-list.ts";

export const listSchema = z.object({
  id,
  name: z.string(),
  kind: z.enum(["manual"]),
  member_count: z.number().int().describe("Contacts on it that you may see"),
  exclusion_count: z.number().int().describe("Contacts kept out of it that you may see"),
  created_at: time,
});
type Presented = z.input<typeof listSchema>;

export async function countedList(tx: Tx, viewer: Viewer, listId: string): Promise<Presented> {
  await requireList(tx, listId);
  const [list] = await pageOfLists(tx, viewer, { id: listId, limit: 1 });
  return present(list as CountedList);
}

export async function pagedLists(
  tx: Tx,
  viewer: Viewer,
  query: { q?: string; cursor?: string; limit: number },
): Promise<{ items: Presented[]; next_cursor: string | null }> {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const lists = await pageOfLists(tx, viewer, { q: query.q, after, limit: query.limit + 1 });
  const shown = lists.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    next_cursor: lists.length > query.limit && last ? encodeCursor([last.name]) : null,
  };
}

function readCursor(cursor: string): string {
  const [name] = decodeCursor(cursor, 1);
  if (typeof name !== "string" || name.includes("\0")) throw badCursor();
  return name;
}

/** The id in a cursor of contacts, or `bad_cursor`. */
export function readIdCursor(cursor: string): string {
  const read = id.safeParse(decodeCursor(cursor, 1)[0]);
  if (!read.success) throw badCursor();
  return read.data;
}

function badCursor(): HeedError {
  return new HeedError(
    "bad_cursor",
    "This cursor was not made by this list. Leave it out to begin at the first page.",
  );
}

function present(list: CountedList): Presented {
  return {
    id: list.id,
    name: list.name,
    kind: list.kind,
    member_count: list.member_count,
    exclusion_count: list.exclusion_count,
    created_at: rfc3339(list.created_at),
  };
}
