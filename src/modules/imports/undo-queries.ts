import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { StopRow } from "../consent/index.ts";

export interface CreatedContact {
  id: string;
  email: string | null;
  email_key: string | null;
  phone: string | null;
  phone_key: string | null;
  /** Why it stays, or null when nothing hangs on it. */
  kept_because: string | null;
}

/**
 * Contacts that the import created, after the given one, each locked and with why it may not be
 * removed: somebody changed it, wrote to it, follows it up, or put it on another list since.
 */
export async function createdContacts(
  tx: Tx,
  importId: string,
  page: { listId: string | null; after: string | null; last: string | null; limit: number },
): Promise<CreatedContact[]> {
  const { rows } = await sql<CreatedContact>`
    SELECT c.id, c.email, c.email_key, c.phone, c.phone_key, CASE
        WHEN c.deletion_id IS NOT NULL THEN 'deleted_since'
        WHEN EXISTS (SELECT FROM campaign_message m WHERE m.workspace_id = c.workspace_id AND m.contact_id = c.id) THEN 'has_messages'
        WHEN EXISTS (SELECT FROM follow_up f WHERE f.workspace_id = c.workspace_id AND f.contact_id = c.id) THEN 'has_follow_ups'
        WHEN EXISTS (SELECT FROM list_member l WHERE l.workspace_id = c.workspace_id AND l.contact_id = c.id
                       AND l.list_id IS DISTINCT FROM ${page.listId}::uuid) THEN 'on_another_list'
        WHEN EXISTS (SELECT FROM list_exclusion x WHERE x.workspace_id = c.workspace_id AND x.contact_id = c.id) THEN 'excluded_from_a_list'
        WHEN c.replied_at IS NOT NULL OR c.updated_at <> c.created_at THEN 'changed_since'
      END AS kept_because
    FROM contact c
    WHERE c.import_id = ${importId} AND c.id > ${page.after}::uuid AND c.id <= ${page.last}::uuid
    ORDER BY c.id LIMIT ${page.limit} FOR UPDATE`.execute(tx);
  return rows;
}

/** Removes these contacts for good. Stops are no part of them and stay. */
export async function removeContacts(tx: Tx, ids: readonly string[]): Promise<number> {
  const { rows } =
    await sql`DELETE FROM contact WHERE id = ANY(${[...ids]}::uuid[]) RETURNING id`.execute(tx);
  return rows.length;
}

/** Stops that stand on the contacts themselves and would cover nobody once they are gone. */
export async function stopsOnContacts(
  tx: Tx,
  ids: readonly string[],
): Promise<(Pick<StopRow, "subject" | "channel"> & { stop_id: string })[]> {
  const { rows } = await sql<Pick<StopRow, "subject" | "channel"> & { stop_id: string }>`
    SELECT stop_id, subject, channel FROM standing_stop
    WHERE subject_type = 'contact' AND subject = ANY(${[...ids]}::uuid[]) AND topic_id IS NULL`.execute(
    tx,
  );
  return rows;
}

/** Contacts that were there, after the given one, with what became of them. */
export async function foundContacts(
  tx: Tx,
  importId: string,
  page: { after: string | null; limit: number },
): Promise<{ contact_id: string; outcome: "updated" | "unchanged"; added_to_list: boolean }[]> {
  const { rows } = await sql<{
    contact_id: string;
    outcome: "updated" | "unchanged";
    added_to_list: boolean;
  }>`
    SELECT contact_id, outcome, added_to_list FROM import_change
    WHERE import_id = ${importId} AND (outcome = 'updated' OR added_to_list)
      AND ${page.after ? sql`contact_id > ${page.after}` : sql`true`}
    ORDER BY contact_id LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** Gives contacts back what they were, where nobody changed them since. Answers how many. */
export async function restoreContacts(
  tx: Tx,
  importId: string,
  ids: readonly string[],
): Promise<number> {
  const { rows } = await sql`
    UPDATE contact c SET first_name = b.first_name, last_name = b.last_name, company = b.company, job_title = b.job_title,
      phone = b.phone, phone_key = b.phone_key, phone_validity = b.phone_validity, owner_id = b.owner_id,
      attributes = b.attributes, search_text = b.search_text, sort_name = b.sort_name,
      updated_at = greatest(clock_timestamp(), c.updated_at + interval '1 millisecond')
    FROM import_change ch, jsonb_to_record(ch.before) AS b (first_name text, last_name text, company text, job_title text,
      phone text, phone_key uuid, phone_validity text, owner_id uuid, attributes jsonb, search_text text, sort_name text)
    WHERE ch.import_id = ${importId} AND ch.contact_id = ANY(${[...ids]}::uuid[]) AND ch.outcome = 'updated'
      AND c.id = ch.contact_id AND c.updated_at = ch.after_updated_at AND c.deletion_id IS NULL
    RETURNING c.id`.execute(tx);
  return rows.length;
}

/** Forgets what contacts were before the import; it holds what people were called. */
export async function forgetChanges(tx: Tx, importId: string): Promise<void> {
  await sql`DELETE FROM import_change WHERE import_id = ${importId}`.execute(tx);
}
