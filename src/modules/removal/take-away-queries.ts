import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Finder, Holding } from "./holding.ts";
import { holdings } from "./personal-data.ts";

/** Everything by which the rows of some contacts are found. */
export interface Traces {
  contactIds: readonly string[];
  keys: readonly string[];
  /** As written, in normalised form. */
  addresses: readonly string[];
  /** First and last names of those who have both. */
  names: readonly { first: string; last: string }[];
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");
const escapeRegex = (text: string) => text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
/** As it stands in JSON too, where quotes and backslashes are escaped. */
const written = (text: string) => [...new Set([text, JSON.stringify(text).slice(1, -1)])];

function condition(find: Finder, traces: Traces): RawBuilder<unknown> | null {
  if ("contact" in find)
    return sql`${sql.ref(find.contact)} = ANY(${[...traces.contactIds]}::uuid[])`;
  if ("key" in find) return sql`${sql.ref(find.key)} = ANY(${[...traces.keys]}::uuid[])`;
  if ("address" in find)
    return sql`${sql.ref(find.address)} = ANY(${[...traces.addresses]}::text[])`;
  if ("stop" in find) {
    return sql`${sql.ref(find.stop)} IN (SELECT id FROM stop
      WHERE workspace_id = current_workspace() AND subject = ANY(${[...traces.contactIds, ...traces.keys]}::uuid[]))`;
  }
  if ("mention" in find) {
    const patterns = traces.contactIds.map((id) => `%${id}%`);
    return patterns.length === 0
      ? null
      : sql`${sql.ref(find.mention)}::text LIKE ANY(${patterns}::text[])`;
  }
  const patterns = traces.addresses.flatMap(written).map((each) => `%${escapeLike(each)}%`);
  const whole = (text: string) => `\\m${escapeRegex(text)}\\M`;
  const text = sql`${sql.ref(find.words)}::text`;
  return sql`(${text} ILIKE ANY(${patterns}::text[]) OR EXISTS (
    SELECT FROM unnest(${traces.names.map((n) => whole(n.first))}::text[], ${traces.names.map((n) => whole(n.last))}::text[]) AS n (first, last)
    WHERE ${text} ~* n.first AND ${text} ~* n.last))`;
}

/** A purge goes by the contact alone, for somebody else may have the address; erasing follows every trace. */
function findersOf(holding: Holding, how: "purge" | "erase"): readonly Finder[] {
  return how === "erase" ? holding.find : holding.find.filter((find) => "contact" in find);
}

/** Deletes or blanks what the list of tables says. Answers how many rows, by table. */
export async function takeAway(
  tx: Tx,
  how: "purge" | "erase",
  traces: Traces,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const holding of holdings) {
    const treatment = holding[how];
    if (treatment === "keep") continue;
    const table = sql.table(holding.table);
    for (const find of findersOf(holding, how)) {
      const which = condition(find, traces);
      if (which === null) continue;
      const where = sql`workspace_id = ${tx.workspaceId} AND ${which} AND ${holding.only ? sql.raw(holding.only) : sql`true`}`;
      const { numAffectedRows } =
        treatment === "delete"
          ? await sql`DELETE FROM ${table} WHERE ${where}`.execute(tx)
          : await sql`UPDATE ${table} SET ${sql.join(
              Object.entries(treatment.blank).map(
                ([column, literal]) => sql`${sql.ref(column)} = ${sql.raw(literal)}`,
              ),
            )} WHERE ${where}`.execute(tx);
      const affected = Number(numAffectedRows ?? 0);
      if (affected > 0) counts[holding.table] = (counts[holding.table] ?? 0) + affected;
    }
  }
  return counts;
}

/** First and last names of contacts that have both. */
export async function namesOf(
  tx: Tx,
  contactIds: readonly string[],
): Promise<{ first: string; last: string }[]> {
  const { rows } = await sql<{ first: string; last: string }>`
    SELECT first_name AS first, last_name AS last FROM contact
    WHERE id = ANY(${[...contactIds]}::uuid[]) AND first_name <> '' AND last_name <> ''`.execute(
    tx,
  );
  return rows;
}

/**
 * Takes the sink's copies of mails to these contacts, and of test mails: those hold the fields of
 * the contact they were filled with, whoever they went to. Answers how many.
 */
export async function removeSinkCopies(tx: Tx, contactIds: readonly string[]): Promise<number> {
  const ids = sql`${[...contactIds]}::uuid[]`;
  const { numAffectedRows } = await sql`
    DELETE FROM sink_message WHERE workspace_id = ${tx.workspaceId} AND id = ANY(ARRAY(
      SELECT CASE WHEN provider_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN provider_id::uuid END FROM message
      WHERE workspace_id = ${tx.workspaceId} AND contact_id = ANY(${ids}) AND provider_id IS NOT NULL
      UNION ALL
      SELECT CASE WHEN provider_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN provider_id::uuid END FROM message
      WHERE workspace_id = ${tx.workspaceId} AND preview_contact_id = ANY(${ids})))`.execute(tx);
  await sql`
    UPDATE message SET preview_contact_id = NULL
    WHERE workspace_id = ${tx.workspaceId} AND preview_contact_id = ANY(${ids})`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
