import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";

export interface NewEntry {
  id: string;
  act: string;
  actor_type: string;
  actor_id: string | null;
  contact_id: string | null;
  key: string | null;
  subject_id: string | null;
  /** JSON text. */
  detail: string;
}

export async function insertEntries(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  await sql`
    INSERT INTO ledger_entry (workspace_id, id, act, actor_type, actor_id, contact_id, key, subject_id, detail)
    SELECT ${tx.workspaceId}, * FROM unnest(
      ${entries.map((e) => e.id)}::uuid[], ${entries.map((e) => e.act)}::text[],
      ${entries.map((e) => e.actor_type)}::text[], ${entries.map((e) => e.actor_id)}::uuid[],
      ${entries.map((e) => e.contact_id)}::uuid[], ${entries.map((e) => e.key)}::uuid[],
      ${entries.map((e) => e.subject_id)}::uuid[], ${entries.map((e) => e.detail)}::jsonb[])`.execute(
    tx,
  );
}

export interface Entry {
  id: string;
  at: Date;
  act: string;
  actor_type: string;
  actor_id: string | null;
  contact_id: string | null;
  key: string | null;
  subject_id: string | null;
  detail: Record<string, unknown>;
  block_number: number | null;
}

/** Entries newest first, of one contact or of all. */
export async function listEntries(
  tx: Tx,
  page: { contactId?: string; act?: string; before?: string; limit: number },
): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    SELECT * FROM ledger_entry
    WHERE ${page.contactId ? sql`contact_id = ${page.contactId}` : sql`true`}
      AND ${page.act ? sql`act = ${page.act}` : sql`true`}
      AND ${page.before ? sql`id < ${page.before}` : sql`true`}
    ORDER BY id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** An entry as its hash sees it: every field as text, in the database's own canonical form. */
export interface SealedForm {
  id: string;
  line: string;
}

// One field order for ever: changing it would break the chain of every installation.
const canonicalLine = sql`concat_ws('|', id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), act, actor_type,
  coalesce(actor_id::text, ''), coalesce(contact_id::text, ''), coalesce(key::text, ''), coalesce(subject_id::text, ''), detail::text)`;

export async function workspacesToSeal(tx: SystemTx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT DISTINCT workspace_id FROM ledger_entry WHERE block_number IS NULL`.execute(tx);
  return rows.map((row) => row.workspace_id);
}

export async function allWorkspaces(tx: SystemTx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`SELECT workspace_id FROM workspace`.execute(
    tx,
  );
  return rows.map((row) => row.workspace_id);
}

export async function tryLockChain(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('ledger:' || ${tx.workspaceId}, 0)) AS locked`.execute(
    tx,
  );
  return rows[0]?.locked ?? false;
}

export async function unsealedEntries(tx: Tx, limit: number): Promise<SealedForm[]> {
  const { rows } = await sql<SealedForm>`
    SELECT id, ${canonicalLine} AS line FROM ledger_entry
    WHERE block_number IS NULL ORDER BY id LIMIT ${limit}`.execute(tx);
  return rows;
}

export async function entriesOfBlock(tx: Tx, number: number): Promise<SealedForm[]> {
  const { rows } = await sql<SealedForm>`
    SELECT id, ${canonicalLine} AS line FROM ledger_entry WHERE block_number = ${number} ORDER BY id`.execute(
    tx,
  );
  return rows;
}

export interface Block {
  number: number;
  entries: number;
  previous_hash: Buffer;
  hash: Buffer;
  sealed_at: Date;
}

export async function lastBlock(tx: Tx): Promise<Block | undefined> {
  const { rows } =
    await sql<Block>`SELECT * FROM ledger_block ORDER BY number DESC LIMIT 1`.execute(tx);
  return rows[0];
}

export async function listBlocks(tx: Tx, after: number, limit: number): Promise<Block[]> {
  const { rows } = await sql<Block>`
    SELECT * FROM ledger_block WHERE number > ${after} ORDER BY number LIMIT ${limit}`.execute(tx);
  return rows;
}

export async function insertBlock(tx: Tx, block: Block, ids: readonly string[]): Promise<void> {
  await sql`
    INSERT INTO ledger_block (workspace_id, number, entries, previous_hash, hash, sealed_at)
    VALUES (${tx.workspaceId}, ${block.number}, ${block.entries}, ${block.previous_hash}, ${block.hash}, ${block.sealed_at})`.execute(
    tx,
  );
  await sql`UPDATE ledger_entry SET block_number = ${block.number} WHERE id = ANY(${ids}::uuid[])`.execute(
    tx,
  );
}

/** Entries that claim a block which does not exist: a sign of a truncated chain. */
export async function countEntriesBeyond(tx: Tx, number: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM ledger_entry WHERE block_number > ${number}`.execute(tx);
  return rows[0]?.count ?? 0;
}
