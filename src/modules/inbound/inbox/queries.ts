import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import type { InboundState } from "../queries.ts";
import type { Deed, MailKind, Meaning, ReportedRecipient, Suggestion } from "../understanding.ts";

/** A message of the inbox as it stands in the table, without its raw bytes. */
export interface InboxRow {
  id: string;
  channel: string;
  source: string;
  state: InboundState;
  from_address: string | null;
  from_name: string;
  to_address: string | null;
  subject: string;
  said: string;
  contact_id: string | null;
  contact_name: string | null;
  message_id: string | null;
  kind: MailKind | null;
  meaning: Meaning | null;
  certain: boolean | null;
  language: string | null;
  until: string | null;
  understood_as: string | null;
  because: string;
  recipients: ReportedRecipient[];
  suggestions: Suggestion[];
  did: Deed[];
  corrected_from: Meaning | null;
  corrected_by: string | null;
  corrected_at: Date | null;
  received_at: Date;
}

/** As the contact is called on one line. */
const contactName = sql`coalesce(nullif(trim(c.first_name || ' ' || c.last_name), ''), c.email, c.phone, c.company)`;

const columns = sql`m.id, m.channel, m.source, m.state, m.from_address, m.from_name, m.to_address, m.subject, m.said,
  m.contact_id, ${contactName} AS contact_name, m.message_id, m.kind, m.meaning, m.certain, m.language, m.until::text AS until,
  m.understood_as, m.because, m.recipients, m.suggestions, m.did, m.corrected_from, m.corrected_by, m.corrected_at, m.received_at`;

/** A contact in the bin takes its messages out of sight; mail of nobody we know is for those who see everybody. */
function visibleTo(viewer: Viewer) {
  return viewer.ownOnly
    ? sql`c.owner_id = ${viewer.userId}`
    : sql`(m.contact_id IS NULL OR c.id IS NOT NULL)`;
}

export interface InboxFilter {
  state?: "waiting" | "done" | "stored";
  kind?: string;
  meaning?: string;
  contactId?: string;
  channel?: string;
  q?: string;
}

/** Messages that came in, newest first, older than the given id. */
export async function listInbox(
  tx: Tx,
  viewer: Viewer,
  filter: InboxFilter,
  page: { before?: string | undefined; limit: number },
): Promise<InboxRow[]> {
  const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, "\\$&")}%` : null;
  const { rows } = await sql<InboxRow>`
    SELECT ${columns} FROM inbound_message m
    LEFT JOIN live_contact c ON c.workspace_id = m.workspace_id AND c.id = m.contact_id
    WHERE ${visibleTo(viewer)}
      AND ${page.before ? sql`m.id < ${page.before}` : sql`true`}
      AND ${filter.state ? sql`m.state = ${filter.state}` : sql`true`}
      AND ${filter.kind ? sql`m.kind = ${filter.kind}` : sql`true`}
      AND ${filter.meaning ? sql`m.meaning = ${filter.meaning}` : sql`true`}
      AND ${filter.channel ? sql`m.channel = ${filter.channel}` : sql`true`}
      AND ${filter.contactId ? sql`m.contact_id = ${filter.contactId}` : sql`true`}
      AND ${like ? sql`(m.from_address ILIKE ${like} OR m.from_name ILIKE ${like} OR m.subject ILIKE ${like} OR m.said ILIKE ${like})` : sql`true`}
    ORDER BY m.id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** How many wait for a person. */
export async function countWaiting(tx: Tx, viewer: Viewer): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) FROM inbound_message m
    LEFT JOIN live_contact c ON c.workspace_id = m.workspace_id AND c.id = m.contact_id
    WHERE m.state = 'waiting' AND ${visibleTo(viewer)}`.execute(tx);
  return rows[0]?.count ?? 0;
}

export async function findInbound(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<InboxRow | undefined> {
  const { rows } = await sql<InboxRow>`
    SELECT ${columns} FROM inbound_message m
    LEFT JOIN live_contact c ON c.workspace_id = m.workspace_id AND c.id = m.contact_id
    WHERE m.id = ${id} AND ${visibleTo(viewer)}`.execute(tx);
  return rows[0];
}

/** The message as it came, byte for byte. */
export async function findRaw(tx: Tx, id: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{
    raw: Buffer;
  }>`SELECT raw FROM inbound_message WHERE id = ${id}`.execute(tx);
  return rows[0]?.raw;
}

/** Locked until the transaction ends, with the key of who wrote it. */
export async function lockInbound(
  tx: Tx,
  id: string,
): Promise<(InboxRow & { key: string | null }) | undefined> {
  const { rows } = await sql<InboxRow & { key: string | null }>`
    SELECT ${columns}, m.subject_key AS key FROM inbound_message m
    LEFT JOIN live_contact c ON c.workspace_id = m.workspace_id AND c.id = m.contact_id
    WHERE m.id = ${id} FOR UPDATE OF m`.execute(tx);
  return rows[0];
}

export async function writeCorrection(
  tx: Tx,
  id: string,
  correction: { from: string | null; meaning: Meaning; by: string; did: readonly Deed[] },
): Promise<void> {
  await sql`
    UPDATE inbound_message SET state = 'done', meaning = ${correction.meaning}, certain = true,
      corrected_from = coalesce(corrected_from, ${correction.from}), corrected_by = ${correction.by}, corrected_at = now(),
      did = ${JSON.stringify(correction.did)}::jsonb
    WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`.execute(tx);
}

/** A person has dealt with it. False when there is no such message that waits. */
export async function markDone(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE inbound_message SET state = 'done' WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND state = 'waiting' RETURNING 1`.execute(
    tx,
  );
  return rows.length > 0;
}

export async function rememberPhrase(
  tx: Tx,
  phrase: string,
  meaning: Meaning,
  by: string,
): Promise<void> {
  await sql`
    INSERT INTO inbound_phrase (workspace_id, phrase, meaning, made_by) VALUES (${tx.workspaceId}, ${phrase}, ${meaning}, ${by})
    ON CONFLICT (workspace_id, phrase) DO UPDATE SET meaning = excluded.meaning, made_by = excluded.made_by, made_at = now()`.execute(
    tx,
  );
}

export interface Phrase {
  phrase: string;
  meaning: Meaning;
  made_by: string | null;
  made_at: Date;
}

export async function listPhrases(tx: Tx): Promise<Phrase[]> {
  const { rows } = await sql<Phrase>`
    SELECT phrase, meaning, made_by, made_at FROM inbound_phrase ORDER BY made_at DESC, phrase LIMIT 500`.execute(
    tx,
  );
  return rows;
}

export async function forgetPhrase(tx: Tx, phrase: string): Promise<boolean> {
  const { rows } =
    await sql`DELETE FROM inbound_phrase WHERE workspace_id = ${tx.workspaceId} AND phrase = ${phrase} RETURNING 1`.execute(
      tx,
    );
  return rows.length > 0;
}
