import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import { holdings } from "./personal-data.ts";

/** How many rows hang on the contacts that are in the bin by a deletion, by kind. */
export async function countBinnedLinked(
  tx: Tx,
  deletionId: string,
): Promise<Record<string, number>> {
  const counts = holdings.flatMap(({ table, find, linked }) => {
    const column = find.find((each) => "contact" in each);
    if (!linked || !column || !("contact" in column)) return [];
    return [
      sql`(SELECT count(*) FROM contact c JOIN ${sql.table(table)} t ON t.${sql.ref(column.contact)} = c.id
           WHERE c.deletion_id = ${deletionId}) AS ${sql.ref(linked)}`,
    ];
  });
  const { rows } = await sql<Record<string, number>>`SELECT ${sql.join(counts)}`.execute(tx);
  return rows[0] ?? {};
}

/** Stops on these contacts or their addresses made after a moment, by somebody else than the deletion itself. */
export async function countStopsSince(tx: Tx, deletionId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(DISTINCT s.stop_id) AS count FROM contact c
    JOIN standing_stop s ON s.workspace_id = c.workspace_id AND s.subject IN (c.id, c.email_key, c.phone_key)
    LEFT JOIN stop_detail d ON d.workspace_id = s.workspace_id AND d.stop_id = s.stop_id
    WHERE c.deletion_id = ${deletionId} AND s.made_at > ${since} AND s.cause <> 'deletion'
      AND NOT coalesce(d.evidence ? 'rebound_from', false)`.execute(tx);
  return rows[0]?.count ?? 0;
}
