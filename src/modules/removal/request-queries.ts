import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";

export interface ErasureRequest {
  id: string;
  reference: string;
  contact_id: string | null;
  channel: string | null;
  address: string | null;
  key: string | null;
  received_at: Date;
  due_at: Date;
  deletion_id: string | null;
  done_at: Date | null;
  alarmed_at: Date | null;
  created_by: string | null;
  created_at: Date;
}

export async function insertRequest(
  tx: Tx,
  row: Pick<
    ErasureRequest,
    | "id"
    | "reference"
    | "contact_id"
    | "channel"
    | "address"
    | "key"
    | "received_at"
    | "due_at"
    | "created_by"
  >,
): Promise<void> {
  await sql`
    INSERT INTO erasure_request (workspace_id, id, reference, contact_id, channel, address, key, received_at, due_at, created_by)
    VALUES (${tx.workspaceId}, ${row.id}, ${row.reference}, ${row.contact_id}, ${row.channel}, ${row.address}, ${row.key},
      ${row.received_at}, ${row.due_at}, ${row.created_by})`.execute(tx);
}

export async function findRequest(tx: Tx, id: string): Promise<ErasureRequest | undefined> {
  const { rows } = await sql<ErasureRequest>`
    SELECT * FROM erasure_request WHERE id = ${id}`.execute(tx);
  return rows[0];
}

/** Requests newest first, before the given one; `open` leaves out those that are done. */
export async function pageOfRequests(
  tx: Tx,
  page: { open: boolean; before?: string; limit: number },
): Promise<ErasureRequest[]> {
  const { rows } = await sql<ErasureRequest>`
    SELECT * FROM erasure_request
    WHERE ${page.before ? sql`id < ${page.before}` : sql`true`} AND ${page.open ? sql`done_at IS NULL` : sql`true`}
    ORDER BY id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** The request was answered; what it named the person by goes with them, but for the keyed hash. */
export async function closeRequest(
  tx: Tx,
  id: string,
  deletionId: string | null,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE erasure_request SET done_at = ${at}, deletion_id = ${deletionId}, address = NULL
    WHERE id = ${id} AND done_at IS NULL RETURNING id`.execute(tx);
  return rows.length > 0;
}

/** Open requests due before `soon` that nobody was alarmed of yet; marks them. */
export async function takeAlarms(
  tx: Tx,
  soon: Date,
  now: Date,
): Promise<{ id: string; due_at: Date }[]> {
  const { rows } = await sql<{ id: string; due_at: Date }>`
    UPDATE erasure_request SET alarmed_at = ${now}
    WHERE done_at IS NULL AND alarmed_at IS NULL AND due_at <= ${soon} RETURNING id, due_at`.execute(
    tx,
  );
  return rows;
}

/** Every contact, live or in the bin, that has a key as a primary or further address. */
export async function contactsWithKey(tx: Tx, key: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM contact WHERE email_key = ${key}
    UNION SELECT id FROM contact WHERE phone_key = ${key}
    UNION SELECT contact_id FROM contact_address WHERE key = ${key}`.execute(tx);
  return rows.map((row) => row.id);
}

/** The workspaces that have something of the bin to look after. */
export async function workspacesWithRemovals(tx: SystemTx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM deletion WHERE state IN ('previewed', 'awaiting_approval', 'running', 'done', 'halted', 'cancelled')
    UNION SELECT workspace_id FROM erasure_request WHERE done_at IS NULL`.execute(tx);
  return rows.map((row) => row.workspace_id);
}
