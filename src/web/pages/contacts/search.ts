import type { ContactQuery, Selection } from "../../api/types.ts";

/** The filter of the page; it stands in the address, so that a found set can be sent to a colleague. */
export interface ContactSearch {
  q?: string;
  owner?: string;
  company?: string;
  email?: "yes" | "no";
  after?: string;
  before?: string;
  list?: string;
  sort?: ContactQuery["sort"];
}

const sorts: readonly string[] = ["-created_at", "created_at", "name", "-name", "email", "-email"];

/** What of an address is a filter; the rest is left out. */
export function readSearch(raw: Record<string, unknown>): ContactSearch {
  const search: ContactSearch = {};
  for (const key of ["q", "owner", "company", "after", "before", "list"] as const) {
    const value = raw[key];
    // The router reads ?q=123 as a number.
    if (typeof value === "number") search[key] = String(value);
    else if (typeof value === "string" && value !== "") search[key] = value;
  }
  if (raw.email === "yes" || raw.email === "no") search.email = raw.email;
  if (typeof raw.sort === "string" && sorts.includes(raw.sort)) {
    search.sort = raw.sort as ContactQuery["sort"];
  }
  return search;
}

type Filter = Extract<Selection, { filter: unknown }>["filter"];

/** The filter as selections and the export take it. Days are whole days of the person's own clock. */
export function filterOf(search: ContactSearch): Filter {
  return {
    ...(search.q ? { q: search.q } : {}),
    ...(search.owner ? { owner_id: search.owner } : {}),
    ...(search.company ? { company: search.company } : {}),
    ...(search.email ? { has_email: search.email === "yes" } : {}),
    ...(search.after ? { created_after: startOf(search.after) } : {}),
    ...(search.before ? { created_before: startOf(search.before) } : {}),
    ...(search.list ? { list_id: search.list } : {}),
  };
}

function startOf(day: string): string {
  const at = new Date(`${day}T00:00:00`);
  return Number.isNaN(at.getTime()) ? new Date(0).toISOString() : at.toISOString();
}

/** The filter as the query of GET /contacts. */
export function queryOf(search: ContactSearch): Omit<ContactQuery, "cursor" | "limit" | "count"> {
  const { has_email, ...filter } = filterOf(search);
  return {
    ...filter,
    ...(has_email === undefined
      ? {}
      : { has_email: has_email ? ("true" as const) : ("false" as const) }),
    ...(search.sort ? { sort: search.sort } : {}),
  };
}

/** How many conditions besides the search words narrow what is shown. */
export function conditionsIn(search: ContactSearch): number {
  const { q: _q, sort: _sort, ...conditions } = search;
  return Object.keys(conditions).length;
}
