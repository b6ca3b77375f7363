import type { Tx } from "../../../kernel/database/index.ts";
import type { LiveContact } from "../queries.ts";
import type { Viewer } from "../visibility.ts";
import { type ContactFilter, type Search, searchOf } from "./filter.ts";
import {
  countMatches,
  countUpTo,
  estimateCount,
  type PageRequest,
  pageByWalking,
  pageOfContacts,
  pageOfMatches,
  pageOfMembers,
  walkIsLonger,
} from "./queries.ts";
import { columnOf, type Position, readCursor, type Sort, writeCursor } from "./rules.ts";

// Measured at 1,000,000 contacts on two cores. A page of a common text stands among the next few
// contacts of any order; a rare text has few matches, to be sorted and looked up. Between the two,
// or where text and order hang together (everybody called Smith, by name), each bound below is
// tried before the next.
const firstSteps = 3_000;
const fewMatches = 4_000;
const moreSteps = 20_000;
const manyMatches = 100_000;
const countedExactly = 10_000;

export interface ContactPage {
  contacts: LiveContact[];
  nextCursor: string | null;
  count?: number;
  estimated?: boolean;
}

/** A page of the contacts that a viewer sees, with all that the filter asks. */
export async function listContacts(
  tx: Tx,
  request: {
    viewer: Viewer;
    filter: ContactFilter;
    sort: Sort;
    limit: number;
    cursor?: string;
    count: boolean;
  },
): Promise<ContactPage> {
  const { sort, limit } = request;
  const after = request.cursor === undefined ? null : readCursor(sort, request.cursor);
  const search = searchOf(request.filter, request.viewer);
  const page = {
    column: columnOf(sort),
    descending: sort.startsWith("-"),
    after,
    limit: limit + 1,
  };
  const rows = await (page.column === "email"
    ? byEmail(tx, search, page)
    : found(tx, search, page));
  const contacts = rows.slice(0, limit);
  const last = contacts.at(-1);
  return {
    contacts,
    nextCursor: rows.length > limit && last ? writeCursor(sort, positionOf(last, sort)) : null,
    ...(request.count ? await counted(tx, search) : {}),
  };
}

async function found(tx: Tx, search: Search, page: PageRequest): Promise<LiveContact[]> {
  if (search.patterns.length > 0) return matching(tx, search, page);
  const walksList =
    search.listId && page.column === "created_at" && !search.ownerId && !search.visibleTo;
  return walksList ? pageOfMembers(tx, search, page) : pageOfContacts(tx, search, page);
}

async function matching(tx: Tx, search: Search, page: PageRequest): Promise<LiveContact[]> {
  const indexed = search.indexable.length > 0;
  // An owner's contacts lie scattered in the order of names: each step is many there.
  const scattered = page.column !== "created_at" && (search.ownerId ?? search.visibleTo) !== null;
  const first = scattered ? firstSteps / 5 : firstSteps;
  for (const [steps, matches] of [
    [first, fewMatches],
    [moreSteps, manyMatches],
  ] as const) {
    const near = await pageByWalking(tx, search, page, steps);
    if (near.length === page.limit || !(await walkIsLonger(tx, search, page, steps))) return near;
    const among = indexed ? await pageOfMatches(tx, search, page, matches) : null;
    if (among) return among;
  }
  return pageByWalking(tx, search, page, null);
}

/** Contacts without an email come last in either direction, by id. */
async function byEmail(tx: Tx, search: Search, page: PageRequest): Promise<LiveContact[]> {
  const inSecondPart = page.after !== null && page.after.value === null;
  const first = inSecondPart || search.hasEmail === false ? [] : await found(tx, search, page);
  if (first.length === page.limit || search.hasEmail === true) return first;
  const second = await found(
    tx,
    { ...search, hasEmail: false },
    {
      ...page,
      column: "created_at",
      after: inSecondPart ? page.after : null,
      limit: page.limit - first.length,
    },
  );
  return [...first, ...second];
}

function positionOf(contact: LiveContact, sort: Sort): Position {
  const column = columnOf(sort);
  const value = column === "name" ? contact.sort_name : column === "email" ? contact.email : null;
  return { value, id: contact.id };
}

async function counted(tx: Tx, search: Search): Promise<{ count: number; estimated?: boolean }> {
  const matches = search.indexable.length > 0 ? await countMatches(tx, search, manyMatches) : null;
  if (matches !== null) return { count: matches };
  const count = await countUpTo(tx, search, countedExactly + 1);
  if (count <= countedExactly) return { count };
  return { count: Math.max(await estimateCount(tx, search), count), estimated: true };
}
