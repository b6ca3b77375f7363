import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import { contactColumns, type LiveContact } from "../queries.ts";
import { firstIdAt } from "../rules.ts";
import type { Search } from "./filter.ts";
import type { Position, SortColumn } from "./rules.ts";

type Part = "ids" | "owner" | "email" | "created" | "list" | "company" | "attributes" | "patterns";

/** The conditions of a search on the contact called c: all, or those of some parts. */
function conditions(
  search: Search,
  asked: { only?: readonly Part[]; besides?: readonly Part[] } = {},
): RawBuilder<unknown> {
  const all: [Part, RawBuilder<unknown>][] = [];
  if (search.ids) all.push(["ids", sql`c.id = ANY(${search.ids}::uuid[])`]);
  if (search.visibleTo) all.push(["owner", sql`c.owner_id = ${search.visibleTo}`]);
  if (search.ownerId === "none") all.push(["owner", sql`c.owner_id IS NULL`]);
  else if (search.ownerId) all.push(["owner", sql`c.owner_id = ${search.ownerId}`]);
  if (search.hasEmail === true) all.push(["email", sql`c.email IS NOT NULL`]);
  if (search.hasEmail === false) all.push(["email", sql`c.email IS NULL`]);
  if (search.createdAfter) all.push(["created", sql`c.id >= ${firstIdAt(search.createdAfter)}`]);
  if (search.createdBefore) all.push(["created", sql`c.id < ${firstIdAt(search.createdBefore)}`]);
  if (search.company !== null) all.push(["company", sql`c.company = ${search.company}`]);
  if (search.attributes)
    all.push(["attributes", sql`c.attributes @> ${JSON.stringify(search.attributes)}::jsonb`]);
  if (search.listId) {
    all.push([
      "list",
      sql`EXISTS (SELECT 1 FROM list_member m WHERE m.list_id = ${search.listId} AND m.contact_id = c.id)`,
    ]);
  }
  if (search.patterns.length > 0)
    all.push(["patterns", sql`c.search_text LIKE ALL (${search.patterns}::text[])`]);
  const kept = all.filter(
    ([part]) => (!asked.only || asked.only.includes(part)) && !asked.besides?.includes(part),
  );
  return sql.join([sql`true`, ...kept.map(([, condition]) => condition)], sql` AND `);
}

/** A page of contacts in one order. By email goes over those that have one. */
export interface PageRequest {
  column: SortColumn;
  descending: boolean;
  after: Position | null;
  limit: number;
}

/** Where the page begins and how it is ordered, on a table or view called `of`. */
function ordered(
  page: PageRequest,
  of: string,
): { begins: RawBuilder<unknown>; by: RawBuilder<unknown> } {
  const direction = page.descending ? sql`DESC` : sql`ASC`;
  const beyond = page.descending ? sql`<` : sql`>`;
  const { after } = page;
  const id = sql.ref(`${of}.id`);
  switch (page.column) {
    case "created_at":
      // The id is of the moment (UUIDv7).
      return {
        by: sql`${id} ${direction}`,
        begins: after ? sql`${id} ${beyond} ${after.id}::uuid` : sql`true`,
      };
    case "name": {
      const name = sql.ref(`${of}.sort_name`);
      return {
        by: sql`${name} ${direction}, ${id} ${direction}`,
        begins: after
          ? sql`(${name}, ${id}) ${beyond} (${after.value}, ${after.id}::uuid)`
          : sql`true`,
      };
    }
    case "email": {
      const email = sql.ref(`${of}.email`);
      return {
        by: sql`${email} ${direction}`,
        begins: sql`${email} IS NOT NULL AND ${after ? sql`${email} ${beyond} ${after.value}` : sql`true`}`,
      };
    }
  }
}

/** A page of a search without a text: by conditions that the planner can judge. */
export async function pageOfContacts(
  tx: Tx,
  search: Search,
  page: PageRequest,
): Promise<LiveContact[]> {
  const { begins, by } = ordered(page, "c");
  const { rows } = await sql<LiveContact>`
    SELECT ${contactColumns} FROM live_contact c
    WHERE ${conditions(search)} AND ${begins} ORDER BY ${by} LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/**
 * A page of a list's members by creation, walking the membership: whoever imports a list adds
 * neighbours, so a walk over all contacts could pass every other one before the first member. The
 * lateral sub-select keeps the planner to that order.
 */
export async function pageOfMembers(
  tx: Tx,
  search: Search,
  page: PageRequest,
): Promise<LiveContact[]> {
  const direction = page.descending ? sql`DESC` : sql`ASC`;
  const beyond = page.descending ? sql`<` : sql`>`;
  const { rows } = await sql<LiveContact>`
    SELECT ${contactColumns} FROM (
      SELECT contact_id FROM list_member WHERE list_id = ${search.listId}
        AND ${page.after ? sql`contact_id ${beyond} ${page.after.id}` : sql`true`}
      ORDER BY contact_id ${direction} OFFSET 0
    ) m CROSS JOIN LATERAL (SELECT * FROM live_contact WHERE id = m.contact_id OFFSET 0) c
    WHERE ${conditions(search, { besides: ["list"] })}
    ORDER BY m.contact_id ${direction} LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/**
 * A page of a text's matches, from the trigram index, or null when there are more than `most` of
 * them. The matches are sorted first, then looked up until the page is full.
 */
export async function pageOfMatches(
  tx: Tx,
  search: Search,
  page: PageRequest,
  most: number,
): Promise<LiveContact[] | null> {
  const { begins, by } = ordered(page, "h");
  const { rows } = await sql<LiveContact & { matches: number; id: string | null }>`
    WITH hit AS MATERIALIZED (SELECT * FROM find_contacts(${search.indexable}::text[], ${most + 1}))
    SELECT n.matches, page.* FROM (SELECT count(*) AS matches FROM hit) n
    LEFT JOIN LATERAL (
      SELECT ${contactColumns} FROM (SELECT * FROM hit h WHERE ${begins} ORDER BY ${by} OFFSET 0) h
      CROSS JOIN LATERAL (SELECT * FROM live_contact WHERE id = h.id OFFSET 0) c
      WHERE ${conditions(search)} ORDER BY ${by} LIMIT ${page.limit}
    ) page ON n.matches <= ${most}`.execute(tx);
  if ((rows[0]?.matches ?? 0) > most) return null;
  // Without matches the join still answers one row, to say how many there are.
  return rows.filter((row) => row.id !== null).map(({ matches: _, ...contact }) => contact);
}

/** The parts by which a walk chooses its way: they have an index that goes with the order. The others are looked at on it. */
function wayOf(page: PageRequest): Part[] {
  return page.column === "email" ? ["owner", "created"] : ["owner", "created", "email", "list"];
}

/**
 * A page of a text's matches among the next `steps` contacts in the page's order (null: all). The
 * planner, who may not know how common a text is behind row-level security, is kept to the walk.
 */
export async function pageByWalking(
  tx: Tx,
  search: Search,
  page: PageRequest,
  steps: number | null,
): Promise<LiveContact[]> {
  const { begins, by } = ordered(page, "c");
  const way = wayOf(page);
  const { rows } = await sql<LiveContact>`
    SELECT ${contactColumns} FROM (
      SELECT * FROM live_contact c WHERE ${conditions(search, { only: way })} AND ${begins}
      ORDER BY ${by} LIMIT ${steps} OFFSET 0
    ) c WHERE ${conditions(search, { besides: way })} ORDER BY ${by} LIMIT ${page.limit}`.execute(
    tx,
  );
  return rows;
}

/** True when at least `steps` contacts are left to walk. */
export async function walkIsLonger(
  tx: Tx,
  search: Search,
  page: PageRequest,
  steps: number,
): Promise<boolean> {
  const { begins, by } = ordered(page, "c");
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (
      SELECT 1 FROM live_contact c WHERE ${conditions(search, { only: wayOf(page) })} AND ${begins}
      ORDER BY ${by} LIMIT ${steps}) AS walked`.execute(tx);
  return (rows[0]?.count ?? 0) >= steps;
}

/** Ids alone, in ascending order, after the given one and not beyond `upTo`. */
export async function idsAfter(
  tx: Tx,
  search: Search,
  range: { after: string | null; upTo: string | null; limit: number },
): Promise<string[]> {
  const bounds = (id: RawBuilder<unknown>) => sql`
    ${range.after ? sql`${id} > ${range.after}` : sql`true`} AND ${range.upTo ? sql`${id} <= ${range.upTo}` : sql`true`}`;
  const { rows } =
    search.listId && !search.ids
      ? await sql<{ id: string }>`
          SELECT c.id FROM (
            SELECT contact_id FROM list_member WHERE list_id = ${search.listId} AND ${bounds(sql`contact_id`)}
            ORDER BY contact_id OFFSET 0
          ) m JOIN live_contact c ON c.id = m.contact_id
          WHERE ${conditions(search, { besides: ["list"] })} ORDER BY m.contact_id LIMIT ${range.limit}`.execute(
          tx,
        )
      : await sql<{ id: string }>`
          SELECT c.id FROM live_contact c WHERE ${conditions(search)} AND ${bounds(sql`c.id`)}
          ORDER BY c.id LIMIT ${range.limit}`.execute(tx);
  return rows.map((row) => row.id);
}

/**
 * The ids of a search with when each was changed last, as a query to stand within another
 * statement. `from` names live_contact, or contact where the bin counts too.
 */
export function idsQuery(search: Search, from: "live_contact" | "contact"): RawBuilder<unknown> {
  return sql`SELECT c.id, c.updated_at FROM ${sql.table(from)} c WHERE ${conditions(search)}`;
}

/** How many match, counting no further than `most` (null: to the end). */
export async function countUpTo(tx: Tx, search: Search, most: number | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (
      SELECT 1 FROM live_contact c WHERE ${conditions(search)} LIMIT ${most}) AS found`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** How many match, by the trigram index, or null when more than `most` match the text alone. */
export async function countMatches(tx: Tx, search: Search, most: number): Promise<number | null> {
  const textAlone = Object.values({ ...search, patterns: null, indexable: null }).every(
    (part) => part === null,
  );
  const counted =
    textAlone && search.indexable.join("\n") === search.patterns.join("\n")
      ? sql`SELECT count(*) FROM hit`
      : sql`SELECT count(*) FROM live_contact c JOIN hit USING (id) WHERE ${conditions(search)}`;
  const { rows } = await sql<{ matches: number; count: number }>`
    WITH hit AS MATERIALIZED (SELECT id FROM find_contacts(${search.indexable}::text[], ${most + 1}))
    SELECT (SELECT count(*) FROM hit) AS matches, (${counted}) AS count`.execute(tx);
  const { matches, count } = rows[0] ?? { matches: 0, count: 0 };
  return matches > most ? null : count;
}

/** About how many match, from a sample of the table's pages worth some 20,000 rows. */
export async function estimateCount(tx: Tx, search: Search): Promise<number> {
  const { rows: size } = await sql<{ share: number }>`
    SELECT least(100, 2000000 / greatest(reltuples, 1))::float8 AS share
    FROM pg_class WHERE oid = 'contact'::regclass`.execute(tx);
  const share = size[0]?.share ?? 100;
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM contact c TABLESAMPLE SYSTEM (${share}) REPEATABLE (1)
    WHERE c.deletion_id IS NULL AND ${conditions(search)}`.execute(tx);
  return Math.round(((rows[0]?.count ?? 0) * 100) / share);
}
