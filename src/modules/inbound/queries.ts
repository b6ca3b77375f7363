import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";
import type {
  Deed,
  MailKind,
  ReportedRecipient,
  Suggestion,
  Understanding,
} from "./understanding.ts";

export type InboundSource = "smtp" | "imap" | "api" | "cli" | "webhook";
export type InboundState = "stored" | "waiting" | "done";

export interface NewInbound {
  id: string;
  channel: string;
  source: InboundSource;
  digest: Buffer;
  raw: Buffer;
  envelope_from: string | null;
  envelope_to: string | null;
}

/** A stored message before it is read. */
export interface StoredMessage {
  id: string;
  channel: string;
  raw: Buffer;
  envelope_to: string | null;
  state: InboundState;
  attempts: number;
  received_at: Date;
}

/** Keeps the message and gives its id, or the id of the one with the same digest. */
export async function insertInbound(tx: Tx, message: NewInbound): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    WITH added AS (
      INSERT INTO inbound_message (workspace_id, id, channel, source, digest, raw, envelope_from, envelope_to)
      VALUES (${tx.workspaceId}, ${message.id}, ${message.channel}, ${message.source}, ${message.digest}, ${message.raw},
              ${message.envelope_from}, ${message.envelope_to})
      ON CONFLICT (workspace_id, digest) DO NOTHING RETURNING id)
    SELECT id FROM added
    UNION ALL SELECT id FROM inbound_message WHERE workspace_id = ${tx.workspaceId} AND digest = ${message.digest}
    LIMIT 1`.execute(tx);
  // Stored by another at this very moment: its row is not in this statement's snapshot yet.
  return rows[0]?.id ?? (await findByDigest(tx, message.digest));
}

async function findByDigest(tx: Tx, digest: Buffer): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM inbound_message WHERE workspace_id = ${tx.workspaceId} AND digest = ${digest}`.execute(
    tx,
  );
  return (rows[0] as { id: string }).id;
}

/** Messages that wait to be read, the oldest first. */
export async function unreadMessages(
  tx: SystemTx,
  limit: number,
): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    SELECT m.workspace_id, m.id FROM workspace w
    CROSS JOIN LATERAL (
      SELECT workspace_id, id FROM inbound_message
      WHERE workspace_id = w.workspace_id AND state = 'stored' ORDER BY id LIMIT ${limit}) m
    LIMIT ${limit}`.execute(tx);
  return rows;
}

/** A message that is not read yet. */
export async function findStored(
  tx: Tx,
  id: string,
): Promise<Pick<StoredMessage, "raw" | "received_at"> | undefined> {
  const { rows } = await sql<Pick<StoredMessage, "raw" | "received_at">>`
    SELECT raw, received_at FROM inbound_message
    WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND state = 'stored'`.execute(tx);
  return rows[0];
}

/** Locks a message that is not read yet; undefined when another worker has it. */
export async function lockStored(tx: Tx, id: string): Promise<StoredMessage | undefined> {
  const { rows } = await sql<StoredMessage>`
    SELECT id, channel, raw, envelope_to, state, attempts, received_at FROM inbound_message
    WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND state = 'stored' FOR UPDATE SKIP LOCKED`.execute(
    tx,
  );
  return rows[0];
}

/** Writes what was understood and done. */
export async function writeReading(
  tx: Tx,
  id: string,
  reading: {
    state: InboundState;
    understanding: Understanding;
    contactId: string | null;
    key: string | null;
    messageId: string | null;
    did: readonly Deed[];
  },
): Promise<void> {
  const u = reading.understanding;
  await sql`
    UPDATE inbound_message SET state = ${reading.state}, read_at = now(),
      from_address = ${u.fromAddress}, from_name = ${u.fromName}, to_address = ${u.toAddress}, subject = ${u.subject}, said = ${u.said},
      contact_id = ${reading.contactId}, subject_key = ${reading.key}, message_id = ${reading.messageId},
      kind = ${u.kind}, meaning = ${u.meaning}, certain = ${u.certain}, language = ${u.language}, until = ${u.until},
      understood_as = ${u.understoodAs}, because = ${u.because},
      recipients = ${JSON.stringify(u.recipients)}::jsonb, suggestions = ${JSON.stringify(u.suggestions satisfies readonly Suggestion[])}::jsonb,
      did = ${JSON.stringify(reading.did)}::jsonb
    WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`.execute(tx);
}

/** Reading it failed: it is tried again, or waits for a person when `because` is final. */
export async function noteFailedReading(
  tx: Tx,
  id: string,
  failure: { because: string; final: boolean },
): Promise<void> {
  await sql`
    UPDATE inbound_message SET attempts = attempts + 1, because = ${failure.because},
      state = ${failure.final ? "waiting" : "stored"}, kind = ${failure.final ? "unreadable" : null},
      read_at = CASE WHEN ${failure.final} THEN now() END
    WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND state = 'stored'`.execute(tx);
}

/** The corrections that people made in this workspace, as phrases. */
export async function selectPhrases(tx: Tx): Promise<{ phrase: string; meaning: string }[]> {
  const { rows } = await sql<{ phrase: string; meaning: string }>`
    SELECT phrase, meaning FROM inbound_phrase ORDER BY made_at DESC LIMIT 500`.execute(tx);
  return rows;
}

/** What was understood of a message that is kept, and done. */
export async function findReading(tx: Tx, id: string) {
  const { rows } = await sql<{
    state: InboundState;
    kind: MailKind;
    recipients: ReportedRecipient[];
    meaning: string | null;
    certain: boolean | null;
    language: string | null;
    said: string;
    until: string | null;
    suggestions: Suggestion[];
    understood_as: string | null;
    because: string;
    did: Deed[];
    contact_id: string | null;
    message_id: string | null;
  }>`
    SELECT state, coalesce(kind, 'unknown') AS kind, recipients, meaning, certain, language, said, until::text AS until, suggestions,
           understood_as, because, did, contact_id, message_id
    FROM inbound_message WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`.execute(tx);
  return rows[0] as NonNullable<(typeof rows)[0]>;
}
