import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Verdict } from "./rules.ts";

export interface KnownVerification {
  verdict: Verdict;
  reasons: string[];
  at: Date;
  expires_at: Date;
  tries: number;
}

export async function findVerification(
  tx: Tx,
  key: string,
): Promise<KnownVerification | undefined> {
  const { rows } = await sql<KnownVerification>`
    SELECT verdict, reasons, at, expires_at, tries FROM address_verification WHERE key = ${key}`.execute(
    tx,
  );
  return rows[0];
}

/** An address to look at, with what is known of it already. */
export interface Candidate {
  id: string;
  email: string;
  email_key: string;
  email_validity: string;
  /** Null when nothing holds any more. */
  known: Verdict | null;
  tries: number;
}

const candidate = sql`c.id, c.email, c.email_key, c.email_validity, coalesce(v.tries, 0) AS tries,
  CASE WHEN v.expires_at > now() THEN v.verdict END AS known`;

/** The next contacts in the order of creation, up to an id. */
export async function contactsAfter(
  tx: Tx,
  after: string | null,
  before: string,
  limit: number,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    SELECT ${candidate} FROM live_contact c
    LEFT JOIN address_verification v ON v.workspace_id = c.workspace_id AND v.key = c.email_key
    WHERE c.workspace_id = ${tx.workspaceId} AND c.id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      AND c.id < ${before} AND c.email_key IS NOT NULL
    ORDER BY c.id LIMIT ${limit}`.execute(tx);
  return rows;
}

/** Contacts whose address was asked for without an answer, and may be asked for again. */
export async function contactsToTryAgain(tx: Tx, limit: number): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    SELECT ${candidate} FROM (
      SELECT * FROM address_verification
      WHERE workspace_id = ${tx.workspaceId} AND verdict = 'unknown' AND expires_at <= now()
      ORDER BY expires_at LIMIT ${limit}) v
    JOIN live_contact c ON c.workspace_id = v.workspace_id AND c.email_key = v.key`.execute(tx);
  return rows;
}

export async function findCandidate(tx: Tx, contactId: string): Promise<Candidate | undefined> {
  const { rows } = await sql<Candidate>`
    SELECT ${candidate} FROM live_contact c
    LEFT JOIN address_verification v ON v.workspace_id = c.workspace_id AND v.key = c.email_key
    WHERE c.id = ${contactId} AND c.email_key IS NOT NULL`.execute(tx);
  return rows[0];
}

/** Which of these keys mail came back from for good. */
export async function bouncedAmong(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ subject: string }>`
    SELECT DISTINCT subject FROM standing_stop
    WHERE workspace_id = ${tx.workspaceId} AND subject = ANY(${[...keys]}::uuid[])
      AND kind = 'suppression' AND cause = 'hard_bounce'`.execute(tx);
  return new Set(rows.map((row) => row.subject));
}

export async function upsertVerification(
  tx: Tx,
  v: { key: string; verdict: Verdict; reasons: string[]; at: Date; expiresAt: Date; tries: number },
): Promise<void> {
  await sql`
    INSERT INTO address_verification (workspace_id, key, verdict, reasons, at, expires_at, tries)
    VALUES (${tx.workspaceId}, ${v.key}, ${v.verdict}, ${v.reasons}::text[], ${v.at}, ${v.expiresAt}, ${v.tries})
    ON CONFLICT (workspace_id, key) DO UPDATE SET verdict = excluded.verdict, reasons = excluded.reasons,
      at = excluded.at, expires_at = excluded.expires_at, tries = excluded.tries`.execute(tx);
}

export async function findProgress(
  tx: Tx,
): Promise<{ after: string | null; began_at: Date } | undefined> {
  const { rows } = await sql<{ after: string | null; began_at: Date }>`
    SELECT after, began_at FROM verification_progress`.execute(tx);
  return rows[0];
}

export async function saveProgress(
  tx: Tx,
  progress: { after: string | null; beganAt: Date },
): Promise<void> {
  await sql`
    INSERT INTO verification_progress (workspace_id, after, began_at)
    VALUES (${tx.workspaceId}, ${progress.after}, ${progress.beganAt})
    ON CONFLICT (workspace_id) DO UPDATE SET after = excluded.after, began_at = excluded.began_at`.execute(
    tx,
  );
}

/** Standing deactivations of a contact for an invalid address. */
export async function invalidAddressStops(tx: Tx, contactId: string): Promise<string[]> {
  const { rows } = await sql<{ stop_id: string }>`
    SELECT stop_id FROM standing_stop
    WHERE workspace_id = ${tx.workspaceId} AND subject = ${contactId} AND cause = 'invalid_address'`.execute(
    tx,
  );
  return rows.map((row) => row.stop_id);
}
