import { type ContactSearch, queryOf } from "./search.ts";

/** Where the browser downloads what a filter finds as CSV. */
export function exportAddress(search: ContactSearch): string {
  const { sort: _sort, ...filter } = queryOf(search);
  const query = new URLSearchParams(
    Object.entries(filter).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  ).toString();
  return `/api/v1/contacts/export${query ? `?${query}` : ""}`;
}
