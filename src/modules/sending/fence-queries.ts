import { sql } from "kysely";
import type { PinnedConnection, Tx } from "../../kernel/database/index.ts";
import type { ClaimedMessage } from "./message.ts";

/**
 * Locks fences FOR SHARE that were not there when their messages were picked,
 * making them first (a share lock on a row that does not exist locks nothing),
 * and returns their counters. One that a stop holds is left out.
 */
export async function lockFences(
  tx: Tx,
  subjects: readonly string[],
): Promise<Map<string, number>> {
  const wanted = [...new Set(subjects)].sort();
  const there = await sql<{ subject: string }>`
    SELECT subject FROM fence WHERE subject = ANY(${wanted}::uuid[])`.execute(tx);
  const held = new Set(there.rows.map((row) => row.subject));
  const missing = wanted.filter((subject) => !held.has(subject));
  if (missing.length === 0) return new Map();
  // Here alone a claim may wait for a stop, which may wait for it: the claim gives way, long before a deadlock is found.
  await sql`SELECT set_config('lock_timeout', '300', true)`.execute(tx);
  await makeFences(tx, missing);
  return shareFences(tx, missing);
}

async function shareFences(tx: Tx, subjects: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ subject: string; counter: number }>`
    SELECT subject, counter FROM fence WHERE subject = ANY(${[...subjects]}::uuid[])
    ORDER BY subject FOR SHARE SKIP LOCKED`.execute(tx);
  return new Map(rows.map((row) => [row.subject, row.counter]));
}

/** Makes the fences that are missing, in subject order as everybody else takes them. */
export async function makeFences(tx: Tx, subjects: readonly string[]): Promise<void> {
  await sql`
    INSERT INTO fence (workspace_id, subject)
    SELECT ${tx.workspaceId}, s FROM (SELECT DISTINCT unnest(${[...subjects]}::uuid[]) AS s ORDER BY s) AS subjects
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** Contacts, also of the bin, whose primary address has one of these keys: their stops cover a test send to it. */
export async function holdersOf(
  tx: Tx,
  keys: readonly string[],
): Promise<{ key: string; contact_id: string }[]> {
  const { rows } = await sql<{ key: string; contact_id: string }>`
    SELECT email_key AS key, id AS contact_id FROM contact
    WHERE workspace_id = ${tx.workspaceId} AND email_key = ANY(${[...keys]}::uuid[])
    UNION SELECT phone_key, id FROM contact
    WHERE workspace_id = ${tx.workspaceId} AND phone_key = ANY(${[...keys]}::uuid[])`.execute(tx);
  return rows;
}

/** Locks these fences FOR SHARE, making those that are missing, and returns their counters; one that a stop holds is left out. */
export async function shareOrMake(
  tx: Tx,
  subjects: readonly string[],
): Promise<Map<string, number>> {
  const shared = await shareFences(tx, subjects);
  const missing = subjects.filter((subject) => !shared.has(subject));
  return missing.length === 0 ? shared : new Map([...shared, ...(await lockFences(tx, missing))]);
}

const unmoved = `
  SELECT m.id
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[])
    AS m(id, contact_id, key, contact_fence, key_fence, workspace_fence)
  JOIN fence c ON c.workspace_id = $7 AND c.subject = m.contact_id AND c.counter = m.contact_fence
  JOIN fence k ON k.workspace_id = $7 AND k.subject = m.key AND k.counter = m.key_fence
  JOIN fence w ON w.workspace_id = $7 AND w.subject = $7 AND w.counter = m.workspace_fence`;

/** The same for test sends, whose contact fence is the sum of those of the contacts that hold the address: counters only grow. */
const unmovedTests = `
  SELECT m.id
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[])
    AS m(id, contact_id, key, contact_fence, key_fence, workspace_fence)
  JOIN fence k ON k.workspace_id = $7 AND k.subject = m.key AND k.counter = m.key_fence
  JOIN fence w ON w.workspace_id = $7 AND w.subject = $7 AND w.counter = m.workspace_fence
  WHERE m.contact_fence = (
    SELECT coalesce(sum(f.counter), 0) FROM fence f WHERE f.workspace_id = $7 AND f.subject IN (
      SELECT c.id FROM contact c WHERE c.workspace_id = $7 AND c.email_key = m.key
      UNION SELECT c.id FROM contact c WHERE c.workspace_id = $7 AND c.phone_key = m.key))`;

/**
 * Of claimed messages, those whose fences are exactly as the claim saw them: no
 * stop on them has committed since, so the claim's decision still holds.
 */
export async function withFencesUnmoved(
  connection: PinnedConnection,
  workspaceId: string,
  messages: readonly ClaimedMessage[],
): Promise<Set<string>> {
  const ask = (name: string, text: string, some: readonly ClaimedMessage[]) =>
    connection.query<{ id: string }>(name, text, [
      some.map((m) => m.id),
      some.map((m) => m.contact_id),
      some.map((m) => m.key),
      some.map((m) => m.fences.contact),
      some.map((m) => m.fences.key),
      some.map((m) => m.fences.workspace),
      workspaceId,
    ]);
  const rows = await ask("fences unmoved", unmoved, messages);
  const tests = messages.filter((m) => m.contact_id === null);
  if (tests.length > 0) rows.push(...(await ask("test fences unmoved", unmovedTests, tests)));
  return new Set(rows.map((row) => row.id));
}
