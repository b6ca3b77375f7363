import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Viewer } from "../contacts/index.ts";

export interface LockedContact {
  id: string;
  deletion_id: string | null;
  owner_id: string | null;
  is_locked: boolean;
  /** It went into another contact by a merge, and no deletion has it. */
  is_merged: boolean;
}

/** Holds contacts, live or in the bin, in the order of their ids as everybody takes them. */
export async function lockContacts(
  tx: Tx,
  contactIds: readonly string[],
): Promise<LockedContact[]> {
  const { rows } = await sql<LockedContact>`
    SELECT c.id, c.deletion_id, c.owner_id, EXISTS (
      SELECT FROM contact_external_ref r
      WHERE r.workspace_id = c.workspace_id AND r.contact_id = c.id AND r.deletion = 'locked') AS is_locked,
      c.merged_into IS NOT NULL AS is_merged
    FROM contact c WHERE c.workspace_id = ${tx.workspaceId} AND c.id = ANY(${[...contactIds]}::uuid[])
    ORDER BY c.id FOR NO KEY UPDATE OF c`.execute(tx);
  return rows;
}

/** Puts contacts into the bin. */
export async function markDeleted(
  tx: Tx,
  deletionId: string,
  contactIds: readonly string[],
): Promise<void> {
  await sql`
    UPDATE contact SET deletion_id = ${deletionId}
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...contactIds]}::uuid[]) AND deletion_id IS NULL`.execute(
    tx,
  );
}

/** Takes contacts out of the bin. A unique index refuses (23505) when an address was taken meanwhile. */
export async function markLive(tx: Tx, contactIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE contact SET deletion_id = NULL
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...contactIds]}::uuid[]) AND deletion_id IS NOT NULL`.execute(
    tx,
  );
}

/**
 * Of contacts in the bin, those whose identity (the email; the number of one without email) a live
 * contact has by now, or another of the same batch: the newer one of two comes back.
 */
export async function takenIdentities(
  tx: Tx,
  contactIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; holder: string }>`
    WITH batch AS MATERIALIZED (
      SELECT id, email, CASE WHEN email IS NULL THEN phone END AS phone FROM contact
      WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...contactIds]}::uuid[])),
    taken AS (
      SELECT b.id, l.id AS holder FROM batch b JOIN live_contact l ON l.email = b.email
      UNION ALL
      SELECT b.id, l.id FROM batch b JOIN live_contact l ON l.email IS NULL AND l.phone = b.phone
      UNION ALL
      SELECT id, newest FROM (
        SELECT id, max(id::text) OVER (PARTITION BY email, phone)::uuid AS newest FROM batch
        WHERE email IS NOT NULL OR phone IS NOT NULL) same
      WHERE newest <> id)
    SELECT DISTINCT ON (id) id, holder FROM taken ORDER BY id, holder`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.holder]));
}

/** These contacts with everybody who went into one of them by a merge: their traces go together. */
export async function withMerged(tx: Tx, contactIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE together AS (
      SELECT unnest(${[...contactIds]}::uuid[]) AS id
      UNION
      SELECT c.id FROM together t JOIN contact c ON c.workspace_id = ${tx.workspaceId} AND c.merged_into = t.id)
    SELECT id FROM together`.execute(tx);
  return rows.map((row) => row.id);
}

/** The next contacts that are in the bin by a deletion, after an id. */
export async function binnedAfter(
  tx: Tx,
  deletionId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM contact WHERE deletion_id = ${deletionId} AND ${after ? sql`id > ${after}` : sql`true`}
    ORDER BY id LIMIT ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}

export interface BinnedContact {
  id: string;
  first_name: string;
  last_name: string;
  company: string;
  email: string | null;
  phone: string | null;
  deletion_id: string;
  deleted_at: Date;
  deleted_by: string | null;
  restorable_until: Date | null;
}

export interface BinSearch {
  deletionId?: string | undefined;
  contactIds?: readonly string[] | undefined;
  /** LIKE patterns on what a contact is found by, all of them. */
  patterns: readonly string[];
  after?: { deletionId: string; id: string } | undefined;
  limit: number;
}

const inBin = (viewer: Viewer, search: Omit<BinSearch, "limit" | "after">) => sql`
  c.deletion_id IS NOT NULL AND c.merged_into IS NULL
  AND ${viewer.ownOnly ? sql`c.owner_id = ${viewer.userId}` : sql`true`}
  AND ${search.deletionId ? sql`c.deletion_id = ${search.deletionId}` : sql`true`}
  AND ${search.contactIds ? sql`c.id = ANY(${[...search.contactIds]}::uuid[])` : sql`true`}
  AND ${search.patterns.length > 0 ? sql`c.search_text LIKE ALL (${[...search.patterns]}::text[])` : sql`true`}`;

/** The bin, the latest deletion first. */
export async function pageOfBin(
  tx: Tx,
  viewer: Viewer,
  search: BinSearch,
): Promise<BinnedContact[]> {
  const { rows } = await sql<BinnedContact>`
    SELECT c.id, c.first_name, c.last_name, c.company, c.email, c.phone, c.deletion_id,
           d.confirmed_at AS deleted_at, d.requested_by AS deleted_by, d.restorable_until
    FROM contact c JOIN deletion d ON d.workspace_id = c.workspace_id AND d.id = c.deletion_id
    WHERE ${inBin(viewer, search)}
      AND ${search.after ? sql`(c.deletion_id, c.id) < (${search.after.deletionId}::uuid, ${search.after.id}::uuid)` : sql`true`}
    ORDER BY c.deletion_id DESC, c.id DESC LIMIT ${search.limit}`.execute(tx);
  return rows;
}

export async function countBin(
  tx: Tx,
  viewer: Viewer,
  search: Omit<BinSearch, "limit" | "after">,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM contact c WHERE ${inBin(viewer, search)}`.execute(tx);
  return rows[0]?.count ?? 0;
}

export interface Window {
  contact_id: string;
  deletion_id: string;
  restorable_until: Date | null;
}

/** By which deletion contacts are in the bin, and until when they can come back. */
export async function windowsOf(tx: Tx, contactIds: readonly string[]): Promise<Window[]> {
  const { rows } = await sql<Window>`
    SELECT c.id AS contact_id, c.deletion_id, d.restorable_until
    FROM contact c JOIN deletion d ON d.workspace_id = c.workspace_id AND d.id = c.deletion_id
    WHERE c.workspace_id = ${tx.workspaceId} AND c.id = ANY(${[...contactIds]}::uuid[])`.execute(
    tx,
  );
  return rows;
}

export interface AddressOf {
  contact_id: string;
  key: string;
  value: string;
  channel: string;
}

/** Every address of contacts, live or in the bin. A number of the contact itself counts as sms. */
export async function addressesOf(tx: Tx, contactIds: readonly string[]): Promise<AddressOf[]> {
  const ids = sql`${[...contactIds]}::uuid[]`;
  const { rows } = await sql<AddressOf>`
    SELECT id AS contact_id, email_key AS key, email AS value, 'email' AS channel FROM contact
      WHERE id = ANY(${ids}) AND email_key IS NOT NULL
    UNION SELECT id, phone_key, phone, 'sms' FROM contact WHERE id = ANY(${ids}) AND phone_key IS NOT NULL
    UNION SELECT contact_id, key, value, channel FROM contact_address WHERE contact_id = ANY(${ids})`.execute(
    tx,
  );
  return rows;
}

export interface Identity {
  email: string | null;
  email_key: string | null;
  email_domain_key: string | null;
  email_root_key: string | null;
  phone: string | null;
  phone_key: string | null;
}

/** Takes the addresses that identify a contact off its row; answers them. */
export async function takeIdentity(tx: Tx, contactId: string): Promise<Identity> {
  const { rows } = await sql<Identity>`
    SELECT email, email_key, email_domain_key, email_root_key, phone, phone_key FROM contact WHERE id = ${contactId}`.execute(
    tx,
  );
  await sql`
    UPDATE contact SET email = NULL, email_key = NULL, email_domain_key = NULL, email_root_key = NULL,
      phone = CASE WHEN email IS NULL THEN NULL ELSE phone END,
      phone_key = CASE WHEN email IS NULL THEN NULL ELSE phone_key END
    WHERE id = ${contactId}`.execute(tx);
  return rows[0] as Identity;
}

/** Writes them back. */
export async function giveIdentity(tx: Tx, contactId: string, identity: Identity): Promise<void> {
  await sql`
    UPDATE contact SET email = ${identity.email}, email_key = ${identity.email_key},
      email_domain_key = ${identity.email_domain_key}, email_root_key = ${identity.email_root_key},
      phone = ${identity.phone}, phone_key = ${identity.phone_key}
    WHERE id = ${contactId}`.execute(tx);
}
