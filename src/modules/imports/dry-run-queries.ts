import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import { refusedByStop } from "./batch-queries.ts";

/** What a dry run would do, row by row; they live as long as its connection. */
export async function makeDryRunTables(tx: Tx): Promise<void> {
  await sql`
    CREATE TEMPORARY TABLE IF NOT EXISTS import_outcome (
      row_number int, contact_id uuid, outcome text, channel text,
      email_key uuid, email_domain_key uuid, email_root_key uuid, phone_key uuid
    )`.execute(tx);
  await sql`
    CREATE TEMPORARY TABLE IF NOT EXISTS import_stop (
      kind text, cause text, channel text, subject uuid
    )`.execute(tx);
}

/** Notes what would become of the batch's rows. Answers how many would be created, changed, left. */
export async function noteOutcomes(
  tx: Tx,
  changedRows: readonly number[],
): Promise<Record<string, number>> {
  const { rows } = await sql<{ outcome: string; count: number }>`
    WITH noted AS (
      INSERT INTO pg_temp.import_outcome
      SELECT r.row_number, coalesce(m.contact_id, r.contact_id),
        CASE WHEN m.contact_id IS NULL THEN 'created' WHEN u.row_number IS NULL THEN 'unchanged' ELSE 'updated' END,
        CASE WHEN r.email IS NULL THEN 'sms' ELSE 'email' END,
        r.email_key, r.email_domain_key, r.email_root_key, coalesce(r.phone_key, m.phone_key)
      FROM pg_temp.import_row r
      LEFT JOIN pg_temp.import_match m USING (row_number)
      LEFT JOIN unnest(${[...changedRows]}::int[]) AS u (row_number) USING (row_number)
      RETURNING outcome
    )
    SELECT outcome, count(*) AS count FROM noted GROUP BY outcome`.execute(tx);
  return Object.fromEntries(rows.map((row) => [row.outcome, row.count]));
}

/** The contacts that earlier rows of the file would have, by row. */
export async function outcomesOf(
  tx: Tx,
  rowNumbers: readonly number[],
): Promise<Map<number, string>> {
  if (rowNumbers.length === 0) return new Map();
  const { rows } = await sql<{ row_number: number; contact_id: string }>`
    SELECT row_number, contact_id FROM pg_temp.import_outcome WHERE row_number = ANY(${[...rowNumbers]}::int[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.row_number, row.contact_id]));
}

export async function noteStops(
  tx: Tx,
  stops: readonly { kind: string; cause: string; channel: string | null; subject: string }[],
): Promise<void> {
  if (stops.length === 0) return;
  await sql`
    INSERT INTO pg_temp.import_stop SELECT * FROM unnest(
      ${stops.map((s) => s.kind)}::text[], ${stops.map((s) => s.cause)}::text[],
      ${stops.map((s) => s.channel)}::text[], ${stops.map((s) => s.subject)}::uuid[])`.execute(tx);
}

/** Stops that would be made, by kind: those that do not stand yet. */
export async function newStops(tx: Tx): Promise<Record<string, number>> {
  const { rows } = await sql<{ kind: string; count: number }>`
    SELECT kind, count(*) AS count FROM (
      SELECT DISTINCT kind, cause, channel, subject FROM pg_temp.import_stop i
      WHERE NOT EXISTS (
        SELECT FROM standing_stop s WHERE s.subject = i.subject AND s.kind = i.kind AND s.cause = i.cause
          AND s.channel IS NOT DISTINCT FROM i.channel AND s.topic_id IS NULL AND s.campaign_id IS NULL)
    ) t GROUP BY kind`.execute(tx);
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
}

export interface StoppedOutcome {
  outcome: "created" | "updated" | "unchanged";
  /** Rows whose contact a stop would cover afterwards. */
  stopped: number;
  /** Of those, rows whose contact no stop covers now. */
  newly: number;
}

/**
 * Rows whose contact a stop would cover: one that stands (for contacts that are there the one
 * decision itself; for those to come, what stands on their addresses) or one that the file makes.
 */
export async function stoppedOutcomes(tx: Tx): Promise<StoppedOutcome[]> {
  const { rows } = await sql<StoppedOutcome>`
    WITH by_subject AS (
      SELECT row_number, outcome, channel, unnest(ARRAY[contact_id, CASE WHEN channel = 'email' THEN email_key ELSE phone_key END,
        CASE WHEN channel = 'email' THEN email_domain_key END, CASE WHEN channel = 'email' THEN email_root_key END]) AS subject
      FROM pg_temp.import_outcome
    ), from_file AS (
      SELECT DISTINCT b.row_number FROM by_subject b JOIN pg_temp.import_stop i USING (subject)
      WHERE stop_refusal(i.kind, i.channel, NULL, NULL, b.channel, NULL, NULL) & ${refusedByStop} <> 0
    ), before AS (
      SELECT o.row_number FROM pg_temp.import_outcome o
      JOIN sending_status('email', NULL, NULL) s ON s.contact_id = o.contact_id
      WHERE s.workspace_id = ${tx.workspaceId} AND o.outcome <> 'created' AND o.channel = 'email' AND s.refusals & ${refusedByStop} <> 0
      UNION ALL
      SELECT o.row_number FROM pg_temp.import_outcome o
      JOIN sending_status('sms', NULL, NULL) s ON s.contact_id = o.contact_id
      WHERE s.workspace_id = ${tx.workspaceId} AND o.outcome <> 'created' AND o.channel = 'sms' AND s.refusals & ${refusedByStop} <> 0
      UNION
      SELECT b.row_number FROM by_subject b JOIN standing_stop s USING (subject)
      WHERE b.outcome = 'created'
        AND stop_refusal(s.kind, s.channel, s.topic_id, s.campaign_id, b.channel, NULL, NULL) & ${refusedByStop} <> 0
    )
    SELECT o.outcome, count(*) AS stopped, count(*) FILTER (WHERE b.row_number IS NULL) AS newly
    FROM pg_temp.import_outcome o LEFT JOIN before b USING (row_number) LEFT JOIN from_file f USING (row_number)
    WHERE b.row_number IS NOT NULL OR f.row_number IS NOT NULL GROUP BY o.outcome`.execute(tx);
  return rows;
}
