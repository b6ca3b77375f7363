import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { mentions, seenBy } from "../shared-queries.ts";

export interface Note {
  id: string;
  contact_id: string;
  text: string;
  author_id: string | null;
  created_at: Date;
  updated_at: Date;
}

const columns = sql`n.id, n.contact_id, n.text, n.author_id, n.created_at, n.updated_at`;

export async function insertNote(tx: Tx, note: Omit<Note, "updated_at">): Promise<void> {
  await sql`
    INSERT INTO note (workspace_id, id, contact_id, text, author_id, created_at, updated_at)
    VALUES (${tx.workspaceId}, ${note.id}, ${note.contact_id}, ${note.text}, ${note.author_id}, ${note.created_at}, ${note.created_at})`.execute(
    tx,
  );
}

/** A note of a contact that the viewer sees. */
export async function selectNote(tx: Tx, viewer: Viewer, id: string): Promise<Note | undefined> {
  const { rows } = await sql<Note>`
    SELECT ${columns} FROM note n JOIN live_contact c ON c.id = n.contact_id
    WHERE n.id = ${id} AND ${seenBy(viewer)}`.execute(tx);
  return rows[0];
}

/** A contact's notes, newest first. */
export async function pageOfNotes(
  tx: Tx,
  contactId: string,
  page: { q?: string; before: string | null; limit: number },
): Promise<Note[]> {
  const { rows } = await sql<Note>`
    SELECT ${columns} FROM note n JOIN live_contact c ON c.id = n.contact_id
    WHERE n.contact_id = ${contactId} AND ${mentions(page.q, [sql`n.text`])}
      AND ${page.before ? sql`n.id < ${page.before}` : sql`true`}
    ORDER BY n.id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

export async function updateNote(tx: Tx, id: string, text: string): Promise<void> {
  await sql`UPDATE note SET text = ${text}, updated_at = clock_timestamp() WHERE id = ${id}`.execute(
    tx,
  );
}

export async function removeNote(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM note WHERE id = ${id}`.execute(tx);
}
