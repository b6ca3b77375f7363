import { type RawBuilder, sql } from "kysely";
import { fold, type Viewer } from "../contacts/index.ts";

/** The condition that a viewer sees the contact called c, of live_contact. */
export function seenBy(viewer: Viewer): RawBuilder<unknown> {
  return viewer.ownOnly ? sql`c.owner_id = ${viewer.userId}` : sql`true`;
}

/** The contact called c as presentContactRef wants it. */
export const contactName = sql`c.first_name, c.last_name, c.company, c.email, c.phone`;

/** The condition that every word occurs in one of these texts or in what the contact called c is found by. */
export function mentions(
  q: string | undefined,
  texts: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  const words = (q ?? "").trim().split(/\s+/).filter(Boolean).slice(0, 10);
  const conditions = words.map(
    (word) =>
      sql`(${sql.join(
        [
          ...texts.map((text) => sql`position(lower(${word}) in lower(${text})) > 0`),
          sql`position(${fold(word)} in c.search_text) > 0`,
        ],
        sql` OR `,
      )})`,
  );
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}
