import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Channel } from "./address/index.ts";
import type { FurtherAddress } from "./read-addresses.ts";
import type { Attributes } from "./schemas.ts";

/** What an edit may change on the row itself. */
export interface ContactFields {
  first_name: string;
  last_name: string;
  company: string;
  job_title: string;
  email: string | null;
  email_key: string | null;
  email_domain_key: string | null;
  email_root_key: string | null;
  email_validity: Validity;
  phone: string | null;
  phone_key: string | null;
  phone_validity: Validity;
  attributes: Attributes;
  owner_id: string | null;
  locale: string | null;
  search_text: string;
  sort_name: string;
}

export type Validity = "unknown" | "valid" | "invalid";

/** A contact that is not in the bin. */
export interface LiveContact extends Omit<ContactFields, "search_text"> {
  id: string;
  import_id: string | null;
  replied_at: Date | null;
  /** When somebody said that the lead is dealt with. */
  processed_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

/** The columns of LiveContact, of a table or view called c. */
export const contactColumns = sql`c.id, c.first_name, c.last_name, c.company, c.job_title,
  c.email, c.email_key, c.email_domain_key, c.email_root_key, c.email_validity,
  c.phone, c.phone_key, c.phone_validity, c.attributes, c.owner_id, c.locale, c.sort_name,
  c.import_id, c.replied_at, c.processed_at, c.created_at, c.updated_at`;

export async function findContact(tx: Tx, id: string): Promise<LiveContact | undefined> {
  const { rows } = await sql<LiveContact>`
    SELECT ${contactColumns} FROM live_contact c WHERE c.id = ${id}`.execute(tx);
  return rows[0];
}

/** The same, held against other edits until the transaction ends. */
export async function lockContact(tx: Tx, id: string): Promise<LiveContact | undefined> {
  const { rows } = await sql<LiveContact>`
    SELECT ${contactColumns} FROM contact c WHERE c.id = ${id} AND c.deletion_id IS NULL FOR UPDATE`.execute(
    tx,
  );
  return rows[0];
}

/** Adds the row; false when a live contact has its email (or its number, where neither has an email). */
export async function insertContact(tx: Tx, id: string, fields: ContactFields): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO contact (workspace_id, id, first_name, last_name, company, job_title,
      email, email_key, email_domain_key, email_root_key, phone, phone_key,
      attributes, owner_id, locale, search_text, sort_name)
    VALUES (${tx.workspaceId}, ${id}, ${fields.first_name}, ${fields.last_name}, ${fields.company}, ${fields.job_title},
      ${fields.email}, ${fields.email_key}, ${fields.email_domain_key}, ${fields.email_root_key}, ${fields.phone}, ${fields.phone_key},
      ${JSON.stringify(fields.attributes)}::jsonb, ${fields.owner_id}, ${fields.locale}, ${fields.search_text}, ${fields.sort_name})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

/**
 * Writes the row; false when a live contact has its identity. The savepoint keeps the transaction
 * usable after the unique index refused.
 */
export async function updateContact(tx: Tx, id: string, fields: ContactFields): Promise<boolean> {
  await sql`SAVEPOINT contact_update`.execute(tx);
  try {
    // At least a millisecond later, so that a reader of RFC 3339 milliseconds sees each change.
    await sql`
      UPDATE contact SET first_name = ${fields.first_name}, last_name = ${fields.last_name},
        company = ${fields.company}, job_title = ${fields.job_title},
        email = ${fields.email}, email_key = ${fields.email_key},
        email_domain_key = ${fields.email_domain_key}, email_root_key = ${fields.email_root_key},
        email_validity = ${fields.email_validity},
        phone = ${fields.phone}, phone_key = ${fields.phone_key}, phone_validity = ${fields.phone_validity},
        attributes = ${JSON.stringify(fields.attributes)}::jsonb, owner_id = ${fields.owner_id},
        locale = ${fields.locale}, search_text = ${fields.search_text}, sort_name = ${fields.sort_name},
        updated_at = greatest(clock_timestamp(), updated_at + interval '1 millisecond')
      WHERE id = ${id}`.execute(tx);
    await sql`RELEASE SAVEPOINT contact_update`.execute(tx);
    return true;
  } catch (error) {
    await sql`ROLLBACK TO SAVEPOINT contact_update`.execute(tx);
    if ((error as { code?: string }).code === "23505") return false;
    throw error;
  }
}

/** The other live contact with this email or, of two without email, this number. */
export async function findHolder(
  tx: Tx,
  identity: { email: string | null; phone: string | null },
  besides: string | null = null,
): Promise<LiveContact | undefined> {
  if (identity.email === null && identity.phone === null) return undefined;
  const { rows } = await sql<LiveContact>`
    SELECT ${contactColumns} FROM live_contact c
    WHERE ${identity.email !== null ? sql`c.email = ${identity.email}` : sql`c.email IS NULL AND c.phone = ${identity.phone}`}
      AND c.id IS DISTINCT FROM ${besides}::uuid LIMIT 1`.execute(tx);
  return rows[0];
}

/** The live contact that an address key leads to: by its primary address, else by a further one. */
export async function findContactByAddress(
  tx: Tx,
  channel: Channel,
  key: string,
): Promise<string | null> {
  const column = channel === "email" ? sql.ref("c.email_key") : sql.ref("c.phone_key");
  const { rows } = await sql<{ id: string }>`
    SELECT c.id, 0 AS rank FROM live_contact c WHERE ${column} = ${key}
    UNION ALL
    SELECT c.id, 1 FROM contact_address a JOIN live_contact c ON c.id = a.contact_id WHERE a.key = ${key}
    ORDER BY rank, id LIMIT 1`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Contacts whose primary email has this key. */
export async function contactsWithEmailKey(tx: Tx, key: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM live_contact WHERE email_key = ${key} ORDER BY id`.execute(tx);
  return rows.map((row) => row.id);
}

export interface AddressRow {
  contact_id: string;
  channel: Channel;
  value: string;
  key: string;
}

export async function listFurther(tx: Tx, contactIds: readonly string[]): Promise<AddressRow[]> {
  const { rows } = await sql<AddressRow>`
    SELECT contact_id, channel, value, key FROM contact_address
    WHERE contact_id = ANY(${contactIds}::uuid[]) ORDER BY id`.execute(tx);
  return rows;
}

/** Makes a contact's further addresses exactly these. */
export async function replaceFurther(
  tx: Tx,
  contactId: string,
  addresses: readonly FurtherAddress[],
  ids: readonly string[],
): Promise<void> {
  await sql`DELETE FROM contact_address WHERE contact_id = ${contactId}`.execute(tx);
  if (addresses.length === 0) return;
  await sql`
    INSERT INTO contact_address (workspace_id, id, contact_id, channel, value, key, domain_key)
    SELECT ${tx.workspaceId}, i, ${contactId}, c, v, k, d FROM unnest(
      ${ids}::uuid[], ${addresses.map((a) => a.channel)}::text[], ${addresses.map((a) => a.value)}::text[],
      ${addresses.map((a) => a.key)}::uuid[], ${addresses.map((a) => a.domainKey)}::uuid[]) AS given (i, c, v, k, d)`.execute(
    tx,
  );
}

/** Notes what is known of a contact's email; false when the contact or that address is there no more. */
export async function setEmailValidity(
  tx: Tx,
  id: string,
  email: string,
  validity: Validity,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE contact SET email_validity = ${validity}
    WHERE id = ${id} AND email = ${email} AND deletion_id IS NULL RETURNING id`.execute(tx);
  return rows.length > 0;
}

export async function isUser(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT id FROM app_user WHERE id = ${id} AND disabled_at IS NULL`.execute(tx);
  return rows.length > 0;
}
