import { type RawBuilder, sql } from "kysely";
import type { Database, Tx } from "../../kernel/database/index.ts";
import type { Mode } from "./rules.ts";

/** Rows of the batch as read, and the contacts found for them; both empty again after the commit. */
export async function makeBatchTables(tx: Tx): Promise<void> {
  await sql`
    CREATE TEMPORARY TABLE IF NOT EXISTS import_row (
      row_number int, contact_id uuid,
      email text COLLATE "C", email_key uuid, email_domain_key uuid, email_root_key uuid,
      phone text COLLATE "C", phone_key uuid,
      first_name text, last_name text, company text, job_title text,
      attributes jsonb, owner_id uuid, search_text text COLLATE "C", sort_name text COLLATE "C"
    ) ON COMMIT DELETE ROWS`.execute(tx);
  await sql`
    CREATE TEMPORARY TABLE IF NOT EXISTS import_match (
      row_number int, contact_id uuid, updated_at timestamptz,
      first_name text, last_name text, company text, job_title text,
      phone text, phone_key uuid, phone_validity text,
      attributes jsonb, owner_id uuid, search_text text, sort_name text
    ) ON COMMIT DELETE ROWS`.execute(tx);
}

export const copyRows = "COPY pg_temp.import_row FROM STDIN (NULL '')";

// A probe of an index per row, whatever the planner believes of a table that grows under it.
const matching = (identity: RawBuilder<unknown>, of: RawBuilder<unknown>) => sql`
  SELECT r.row_number, c.* FROM pg_temp.import_row r
  CROSS JOIN LATERAL (
    SELECT id, updated_at, first_name, last_name, company, job_title, phone, phone_key, phone_validity,
           attributes, owner_id, search_text, sort_name
    FROM live_contact c WHERE ${identity} LIMIT 1
  ) c WHERE ${of}`;

export interface Match {
  row_number: number;
  contact_id: string;
  owner_id: string | null;
}

/** Finds the live contact of each row that has none yet: by email, or by number where the row has no email. */
export async function matchRows(tx: Tx): Promise<Match[]> {
  const unmatched = sql`c.id <> r.contact_id
    AND NOT EXISTS (SELECT FROM pg_temp.import_match m WHERE m.row_number = r.row_number)`;
  const { rows } = await sql<Match>`
    INSERT INTO pg_temp.import_match
    ${matching(sql`c.email = r.email`, sql`r.email IS NOT NULL AND ${unmatched}`)}
    UNION ALL
    ${matching(sql`c.email IS NULL AND c.phone = r.phone`, sql`r.email IS NULL AND ${unmatched}`)}
    RETURNING row_number, contact_id, owner_id`.execute(tx);
  return rows;
}

/** Takes rows out of the batch again. */
export async function dropRows(tx: Tx, rowNumbers: readonly number[]): Promise<void> {
  await sql`DELETE FROM pg_temp.import_row WHERE row_number = ANY(${[...rowNumbers]}::int[])`.execute(
    tx,
  );
  await sql`DELETE FROM pg_temp.import_match WHERE row_number = ANY(${[...rowNumbers]}::int[])`.execute(
    tx,
  );
}

/**
 * Creates a contact for each row that found none, in the order of their ids. A unique index
 * refuses (23505) when somebody created one of them meanwhile: the batch is then tried again
 * `carefully`, which leaves those out, to be found; it costs more.
 */
export async function insertNewContacts(
  tx: Tx,
  importId: string,
  carefully: boolean,
): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO contact (workspace_id, id, first_name, last_name, company, job_title,
      email, email_key, email_domain_key, email_root_key, phone, phone_key,
      attributes, owner_id, search_text, sort_name, import_id)
    SELECT ${tx.workspaceId}, r.contact_id, coalesce(r.first_name, ''), coalesce(r.last_name, ''),
      coalesce(r.company, ''), coalesce(r.job_title, ''),
      r.email, r.email_key, r.email_domain_key, r.email_root_key, r.phone, r.phone_key,
      coalesce(r.attributes, '{}'), r.owner_id, r.search_text, coalesce(r.sort_name, ''), ${importId}
    FROM pg_temp.import_row r
    WHERE NOT EXISTS (SELECT FROM pg_temp.import_match m WHERE m.row_number = r.row_number)
    ${carefully ? sql`ON CONFLICT DO NOTHING` : sql``}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** What the contacts found would be after the import: a row a contact, with what it was. */
function merged(mode: Exclude<Mode, "skip">): RawBuilder<unknown> {
  const text = (column: string) =>
    mode === "update"
      ? sql`coalesce(r.${sql.ref(column)}, m.${sql.ref(column)}) AS ${sql.ref(column)}`
      : sql`CASE WHEN m.${sql.ref(column)} = '' THEN coalesce(r.${sql.ref(column)}, '') ELSE m.${sql.ref(column)} END AS ${sql.ref(column)}`;
  const other = (column: string) =>
    mode === "update"
      ? sql`coalesce(r.${sql.ref(column)}, m.${sql.ref(column)}) AS ${sql.ref(column)}`
      : sql`coalesce(m.${sql.ref(column)}, r.${sql.ref(column)}) AS ${sql.ref(column)}`;
  return sql`
    SELECT m.row_number, m.contact_id, m.updated_at, r.email,
      ${text("first_name")}, ${text("last_name")}, ${text("company")}, ${text("job_title")},
      ${other("phone")}, ${other("phone_key")}, ${other("owner_id")},
      ${mode === "update" ? sql`m.attributes || coalesce(r.attributes, '{}')` : sql`coalesce(r.attributes, '{}') || m.attributes`} AS attributes
    FROM pg_temp.import_match m JOIN pg_temp.import_row r USING (row_number)`;
}

const differs = sql`(n.first_name, n.last_name, n.company, n.job_title, n.phone, n.owner_id, n.attributes)
  IS DISTINCT FROM (m.first_name, m.last_name, m.company, m.job_title, m.phone, m.owner_id, m.attributes)`;

export interface MergedNaming {
  row_number: number;
  contact_id: string;
  phone_key: string | null;
  phone_key_before: string | null;
  first_name: string;
  last_name: string;
  company: string;
  email: string | null;
  phone: string | null;
}

/** Contacts that the import changes, by what they will be called. */
export async function changedContacts(
  tx: Tx,
  mode: Exclude<Mode, "skip">,
): Promise<MergedNaming[]> {
  const { rows } = await sql<MergedNaming>`
    SELECT n.row_number, n.contact_id, n.first_name, n.last_name, n.company, n.email, n.phone,
      n.phone_key, m.phone_key AS phone_key_before
    FROM (${merged(mode)}) n JOIN pg_temp.import_match m USING (row_number)
    WHERE ${differs}`.execute(tx);
  return rows;
}

/**
 * Writes the changed contacts and keeps what they were. Answers how many were as they had been
 * read; fewer than given means that somebody changed one meanwhile, and the batch is tried again.
 */
export async function updateChanged(
  tx: Tx,
  importId: string,
  mode: Exclude<Mode, "skip">,
  changed: readonly { rowNumber: number; searchText: string; sortName: string }[],
): Promise<number> {
  if (changed.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    WITH n AS MATERIALIZED (
      SELECT n.*, u.search_text, u.sort_name FROM (${merged(mode)}) n
      JOIN unnest(${changed.map((c) => c.rowNumber)}::int[], ${changed.map((c) => c.searchText)}::text[],
                  ${changed.map((c) => c.sortName)}::text[]) AS u (row_number, search_text, sort_name) USING (row_number)
    ), written AS (
      UPDATE contact c SET first_name = n.first_name, last_name = n.last_name, company = n.company, job_title = n.job_title,
        phone = n.phone, phone_key = n.phone_key,
        phone_validity = CASE WHEN c.phone IS DISTINCT FROM n.phone THEN 'unknown' ELSE c.phone_validity END,
        owner_id = n.owner_id, attributes = n.attributes, search_text = n.search_text, sort_name = n.sort_name,
        updated_at = greatest(clock_timestamp(), c.updated_at + interval '1 millisecond')
      FROM n WHERE c.id = n.contact_id AND c.updated_at = n.updated_at AND c.deletion_id IS NULL
      RETURNING c.id, c.updated_at
    ), kept AS (
      INSERT INTO import_change (workspace_id, import_id, contact_id, outcome, before, after_updated_at)
      SELECT ${tx.workspaceId}, ${importId}, w.id, 'updated', jsonb_build_object(
          'first_name', m.first_name, 'last_name', m.last_name, 'company', m.company, 'job_title', m.job_title,
          'phone', m.phone, 'phone_key', m.phone_key, 'phone_validity', m.phone_validity, 'attributes', m.attributes,
          'owner_id', m.owner_id, 'search_text', m.search_text, 'sort_name', m.sort_name), w.updated_at
      FROM written w JOIN pg_temp.import_match m ON m.contact_id = w.id
      RETURNING 1
    )
    SELECT count(*) AS count FROM kept`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Notes the contacts that were found and did not change. */
export async function noteUnchanged(
  tx: Tx,
  importId: string,
  changedRows: readonly number[],
): Promise<void> {
  await sql`
    INSERT INTO import_change (workspace_id, import_id, contact_id, outcome)
    SELECT ${tx.workspaceId}, ${importId}, m.contact_id, 'unchanged' FROM pg_temp.import_match m
    WHERE NOT EXISTS (SELECT FROM unnest(${[...changedRows]}::int[]) AS u (row_number) WHERE u.row_number = m.row_number)`.execute(
    tx,
  );
}

/** Live contacts by what identifies them: an email, or the number of one without email. */
export async function contactsByIdentity(
  tx: Tx,
  identities: readonly string[],
): Promise<Map<string, { id: string; owner_id: string | null }>> {
  if (identities.length === 0) return new Map();
  const { rows } = await sql<{ identity: string; id: string; owner_id: string | null }>`
    SELECT email AS identity, id, owner_id FROM live_contact
    WHERE email = ANY(${[...identities]}::text[])
    UNION ALL
    SELECT phone, id, owner_id FROM live_contact
    WHERE email IS NULL AND phone = ANY(${[...identities]}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.identity, row]));
}

/** Which of these contacts are on the list. */
export async function membersAmong(
  tx: Tx,
  listId: string,
  contactIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ contact_id: string }>`
    SELECT contact_id FROM list_member WHERE list_id = ${listId} AND contact_id = ANY(${[...contactIds]}::uuid[])`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.contact_id));
}

/** Notes which of the contacts that were there the import put on its list, for undo. */
export async function noteAddedToList(
  tx: Tx,
  importId: string,
  listId: string,
  contactIds: readonly string[],
): Promise<void> {
  await sql`
    UPDATE import_change ch SET added_to_list = true
    WHERE ch.import_id = ${importId} AND ch.contact_id = ANY(${[...contactIds]}::uuid[])
      AND EXISTS (SELECT FROM list_member m WHERE m.list_id = ${listId} AND m.contact_id = ch.contact_id)`.execute(
    tx,
  );
}

/** Active users by email, for a column that names owners. */
export async function usersByEmail(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ email: string; id: string }>`
    SELECT lower(email) AS email, id FROM app_user WHERE disabled_at IS NULL`.execute(tx);
  return new Map(rows.map((row) => [row.email, row.id]));
}

/**
 * Has PostgreSQL look at the tables that an import fills. Without statistics it takes every index
 * that begins with the workspace for equally good, and reads the whole table for each row. Runs
 * as the tables' owner, outside a transaction.
 */
export async function refreshStatistics(db: Database): Promise<void> {
  await db.pool.query("ANALYZE contact, import_change, list_member, standing_stop");
}

export async function lacksStatistics(db: Database): Promise<boolean> {
  const { rows } = await db.pool.query<{ lacking: boolean }>(
    "SELECT reltuples <= 0 AS lacking FROM pg_class WHERE oid = 'contact'::regclass",
  );
  return rows[0]?.lacking ?? true;
}

// Every refusal that a stop gives: deactivated, quarantined, suppressed, unsubscribed, do not disturb, do not contact.
export const refusedByStop = sql`(2 | 16 | 32 | 64 | 128 | 256)`;

/** How many contacts of the import a stop covers on the channel of their identity, by what became of them. */
export async function countStopped(
  tx: Tx,
  importId: string,
  range: { first_id?: string; last_id?: string },
): Promise<{ created: number; updated: number; unchanged: number }> {
  const mine = sql`
    SELECT id, 'created' AS outcome, email IS NOT NULL AS by_email FROM live_contact
    WHERE import_id = ${importId} AND id BETWEEN ${range.first_id ?? null}::uuid AND ${range.last_id ?? null}::uuid
    UNION ALL
    SELECT c.id, ch.outcome, c.email IS NOT NULL FROM import_change ch JOIN live_contact c ON c.id = ch.contact_id
    WHERE ch.import_id = ${importId}`;
  const on = (channel: string, byEmail: boolean) => sql`
    SELECT t.outcome FROM (${mine}) t JOIN sending_status(${channel}::text, NULL, NULL) s ON s.contact_id = t.id
    WHERE s.workspace_id = ${tx.workspaceId} AND t.by_email = ${byEmail} AND s.refusals & ${refusedByStop} <> 0`;
  const { rows } = await sql<{ outcome: "created" | "updated" | "unchanged"; count: number }>`
    SELECT outcome, count(*) AS count FROM (${on("email", true)} UNION ALL ${on("sms", false)}) t GROUP BY outcome`.execute(
    tx,
  );
  const stopped = { created: 0, updated: 0, unchanged: 0 };
  for (const row of rows) stopped[row.outcome] = row.count;
  return stopped;
}
