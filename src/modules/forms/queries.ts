import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";
import type { Form, Submission } from "./form.ts";

const formColumns = sql`id, name, kind, topic_id, list_id, fields, wording, double_opt_in, origins, redirect_url`;

export async function listForms(tx: Tx): Promise<Form[]> {
  const { rows } = await sql<Form>`
    SELECT ${formColumns} FROM form WHERE archived_at IS NULL ORDER BY lower(name)`.execute(tx);
  return rows;
}

export async function findForm(tx: Tx, id: string): Promise<Form | undefined> {
  const { rows } = await sql<Form>`
    SELECT ${formColumns} FROM form WHERE id = ${id} AND archived_at IS NULL`.execute(tx);
  return rows[0];
}

/** The workspace that a form in use belongs to, for somebody who has only its address. */
export async function workspaceOfForm(tx: SystemTx, id: string): Promise<string | null> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM form WHERE id = ${id} AND archived_at IS NULL`.execute(tx);
  return rows[0]?.workspace_id ?? null;
}

/** The form in use of this name, whatever its case. */
export async function findFormByName(tx: Tx, name: string): Promise<Form | undefined> {
  const { rows } = await sql<Form>`
    SELECT ${formColumns} FROM form WHERE lower(name) = lower(${name}) AND archived_at IS NULL`.execute(
    tx,
  );
  return rows[0];
}

/** Adds the form or writes over it; false when another of its name came in between. */
export async function upsertForm(tx: Tx, form: Form): Promise<void> {
  await sql`
    INSERT INTO form (workspace_id, ${formColumns})
    VALUES (${tx.workspaceId}, ${form.id}, ${form.name}, ${form.kind}, ${form.topic_id}, ${form.list_id},
      ${form.fields}::text[], ${form.wording}, ${form.double_opt_in}, ${form.origins}::text[], ${form.redirect_url})
    ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, kind = excluded.kind, topic_id = excluded.topic_id,
      list_id = excluded.list_id, fields = excluded.fields, wording = excluded.wording, double_opt_in = excluded.double_opt_in,
      origins = excluded.origins, redirect_url = excluded.redirect_url`.execute(tx);
}

export async function archiveForm(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE form SET archived_at = now() WHERE id = ${id} AND archived_at IS NULL RETURNING id`.execute(
    tx,
  );
  return rows.length > 0;
}

export async function insertSubmission(
  tx: Tx,
  submission: Omit<Submission, "at" | "confirmed_at">,
  expiresAt: Date,
): Promise<void> {
  const s = submission;
  await sql`
    INSERT INTO form_submission (workspace_id, id, form_id, message_id, key, address, answers, wording, language, ip_hash, expires_at)
    VALUES (${tx.workspaceId}, ${s.id}, ${s.form_id}, ${s.message_id}, ${s.key}, ${s.address}, ${JSON.stringify(s.answers)}::jsonb,
      ${s.wording}, ${s.language}, ${s.ip_hash}, ${expiresAt})`.execute(tx);
}

const submissionColumns = sql`id, form_id, message_id, key, address, answers, wording, language, ip_hash, at, confirmed_at`;

/** A submission whose time is not over, held against another press at the same moment. */
export async function holdSubmission(tx: Tx, id: string): Promise<Submission | undefined> {
  const { rows } = await sql<Submission>`
    SELECT ${submissionColumns} FROM form_submission WHERE id = ${id} AND expires_at > now() FOR UPDATE`.execute(
    tx,
  );
  return rows[0];
}

/** The submission whose time is not over, to look at. */
export async function findSubmission(tx: Tx, id: string): Promise<Submission | undefined> {
  const { rows } = await sql<Submission>`
    SELECT ${submissionColumns} FROM form_submission WHERE id = ${id} AND expires_at > now()`.execute(
    tx,
  );
  return rows[0];
}

/** The submissions that these mails ask to confirm, each with its form's kind. */
export async function submissionsOfMessages(
  tx: Tx,
  messageIds: readonly string[],
): Promise<(Submission & { kind: Form["kind"] })[]> {
  const { rows } = await sql<Submission & { kind: Form["kind"] }>`
    SELECT s.*, f.kind FROM (SELECT ${submissionColumns} FROM form_submission WHERE message_id = ANY(${[...messageIds]}::uuid[])) s
    JOIN form f ON f.id = s.form_id`.execute(tx);
  return rows;
}

export async function markConfirmed(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE form_submission SET confirmed_at = clock_timestamp() WHERE id = ${id}`.execute(
    tx,
  );
}

/** How many confirmations this address was asked for since then. */
export async function askedSince(tx: Tx, key: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM form_submission WHERE key = ${key} AND at > ${since}`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

/** Takes away what nobody can confirm any more. */
export async function deleteExpiredSubmissions(tx: Tx, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM form_submission WHERE workspace_id = ${tx.workspaceId} AND id IN (
      SELECT id FROM form_submission WHERE workspace_id = ${tx.workspaceId} AND expires_at < now() LIMIT ${limit})`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}
