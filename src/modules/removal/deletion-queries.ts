import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Selection } from "../contacts/index.ts";
import type { DeletionState, Mode } from "./rules.ts";

export interface Deletion {
  id: string;
  mode: Mode;
  state: DeletionState;
  requested_by: string | null;
  api_key_id: string | null;
  token_hash: Buffer;
  selection: Selection | null;
  count: number;
  digest: string;
  blocked: Record<string, number>;
  suppress: boolean;
  list_id: string | null;
  also_list: boolean;
  keep_exclusions: boolean;
  request_id: string | null;
  previewed_at: Date;
  expires_at: Date;
  approved_by: string | null;
  confirmed_at: Date | null;
  restorable_until: Date | null;
  finished_at: Date | null;
  purged_at: Date | null;
  removed: number;
  skipped: number;
  erased: Record<string, number>;
  job_id: string | null;
  purge_job_id: string | null;
}

export async function insertDeletion(
  tx: Tx,
  row: Pick<
    Deletion,
    | "id"
    | "mode"
    | "requested_by"
    | "api_key_id"
    | "token_hash"
    | "list_id"
    | "also_list"
    | "keep_exclusions"
    | "request_id"
    | "previewed_at"
    | "expires_at"
  > & { selection: Selection | null },
): Promise<void> {
  await sql`
    INSERT INTO deletion (workspace_id, id, mode, requested_by, api_key_id, token_hash, selection, list_id, also_list,
      keep_exclusions, request_id, previewed_at, expires_at)
    VALUES (${tx.workspaceId}, ${row.id}, ${row.mode}, ${row.requested_by}, ${row.api_key_id}, ${row.token_hash},
      ${JSON.stringify(row.selection)}::jsonb, ${row.list_id}, ${row.also_list}, ${row.keep_exclusions}, ${row.request_id},
      ${row.previewed_at}, ${row.expires_at})`.execute(tx);
}

/** Those of a selection that may go: an external system owns none of them. Leaving a list deletes nobody. */
const removable = (selected: RawBuilder<unknown>, mode: Deletion["mode"]) => sql`
  SELECT s.id, s.updated_at FROM (${selected}) s
  WHERE ${mode === "clear"} OR NOT EXISTS (SELECT FROM contact_external_ref r
    WHERE r.workspace_id = current_workspace() AND r.contact_id = s.id AND r.deletion = 'locked')`;

/** Freezes the removable part of a selection, in order of id, at most `limit` of it. Answers how many. */
export async function freeze(
  tx: Tx,
  deletionId: string,
  selected: RawBuilder<unknown>,
  limit: number,
  mode: Deletion["mode"],
): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO deletion_contact (workspace_id, deletion_id, position, contact_id, updated_at)
    SELECT ${tx.workspaceId}, ${deletionId}, row_number() OVER (ORDER BY r.id), r.id, r.updated_at
    FROM (${removable(selected, mode)} ORDER BY s.id LIMIT ${limit}) r`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Tells the planner of a large frozen set. */
export async function settleDeletions(tx: Tx): Promise<void> {
  await sql`SELECT settle_deletions()`.execute(tx);
}

/** SHA-256 over the frozen ids in their order, in hexadecimal. */
export async function digestOf(tx: Tx, deletionId: string): Promise<string> {
  const { rows } = await sql<{ digest: string }>`
    SELECT encode(sha256(convert_to(coalesce(string_agg(contact_id::text, ',' ORDER BY position), ''), 'UTF8')), 'hex') AS digest
    FROM deletion_contact WHERE deletion_id = ${deletionId}`.execute(tx);
  return rows[0]?.digest ?? "";
}

/** How the selection differs now from what was frozen; a changed contact counts where it is to go, not where it leaves a list. */
export async function compareWithFrozen(
  tx: Tx,
  deletionId: string,
  selected: RawBuilder<unknown>,
  mode: Deletion["mode"],
): Promise<{ added: number; gone: number; changed: number }> {
  const { rows } = await sql<{ added: number; gone: number; changed: number }>`
    SELECT count(*) FILTER (WHERE f.contact_id IS NULL) AS added,
           count(*) FILTER (WHERE n.id IS NULL) AS gone,
           count(*) FILTER (WHERE ${mode !== "clear"} AND n.updated_at <> f.updated_at) AS changed
    FROM (${removable(selected, mode)}) n
    FULL JOIN (SELECT contact_id, updated_at FROM deletion_contact WHERE deletion_id = ${deletionId}) f
      ON f.contact_id = n.id`.execute(tx);
  return rows[0] ?? { added: 0, gone: 0, changed: 0 };
}

export async function findDeletion(tx: Tx, id: string): Promise<Deletion | undefined> {
  const { rows } = await sql<Deletion>`SELECT * FROM deletion WHERE id = ${id}`.execute(tx);
  return rows[0];
}

/** The same, held against other acts on it until the transaction ends. */
export async function lockDeletion(tx: Tx, id: string): Promise<Deletion | undefined> {
  const { rows } = await sql<Deletion>`SELECT * FROM deletion WHERE id = ${id} FOR UPDATE`.execute(
    tx,
  );
  return rows[0];
}

export async function lockByToken(tx: Tx, hash: Buffer): Promise<Deletion | undefined> {
  const { rows } = await sql<Deletion>`
    SELECT * FROM deletion WHERE token_hash = ${hash} FOR UPDATE`.execute(tx);
  return rows[0];
}

export type DeletionChange = Partial<
  Pick<
    Deletion,
    | "state"
    | "selection"
    | "count"
    | "digest"
    | "blocked"
    | "suppress"
    | "expires_at"
    | "approved_by"
    | "confirmed_at"
    | "restorable_until"
    | "finished_at"
    | "purged_at"
    | "removed"
    | "skipped"
    | "erased"
    | "job_id"
    | "purge_job_id"
  >
>;

const asJson = new Set(["selection", "blocked", "erased"]);

export async function updateDeletion(tx: Tx, id: string, change: DeletionChange): Promise<void> {
  const sets = Object.entries(change).map(([column, value]) =>
    asJson.has(column) && value !== null
      ? sql`${sql.ref(column)} = ${JSON.stringify(value)}::jsonb`
      : sql`${sql.ref(column)} = ${value}`,
  );
  await sql`UPDATE deletion SET ${sql.join(sets)} WHERE id = ${id}`.execute(tx);
}

export interface ListedDeletion extends Deletion {
  /** How many are in the bin by it at this moment. */
  in_bin: number;
}

/** Confirmed deletions newest first, before the given one. */
export async function pageOfDeletions(
  tx: Tx,
  page: { id?: string; before?: string; limit: number },
): Promise<ListedDeletion[]> {
  const { rows } = await sql<ListedDeletion>`
    SELECT d.*, (SELECT count(*) FROM contact c WHERE c.deletion_id = d.id) AS in_bin
    FROM deletion d
    WHERE d.confirmed_at IS NOT NULL AND ${page.id ? sql`d.id = ${page.id}` : sql`true`}
      AND ${page.before ? sql`d.id < ${page.before}` : sql`true`}
    ORDER BY d.id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

export interface FrozenContact {
  position: number;
  contact_id: string;
}

/** The next of the frozen set after a position. */
export async function frozenAfter(
  tx: Tx,
  deletionId: string,
  after: number,
  limit: number,
): Promise<FrozenContact[]> {
  const { rows } = await sql<FrozenContact>`
    SELECT position, contact_id FROM deletion_contact
    WHERE deletion_id = ${deletionId} AND position > ${after} ORDER BY position LIMIT ${limit}`.execute(
    tx,
  );
  return rows;
}

/** Takes away previews that nobody confirmed, with their frozen sets. Answers how many. */
export async function deleteStalePreviews(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    DELETE FROM deletion WHERE state = 'previewed' AND expires_at < ${before} RETURNING id`.execute(
    tx,
  );
  if (rows.length > 0) {
    await sql`
      DELETE FROM deletion_contact WHERE deletion_id = ANY(${rows.map((row) => row.id)}::uuid[])`.execute(
      tx,
    );
  }
  return rows.length;
}

/** Deletions whose approval nobody gave in time. */
export async function expireApprovals(tx: Tx, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE deletion SET state = 'expired', finished_at = ${now}
    WHERE state = 'awaiting_approval' AND expires_at <= ${now} RETURNING id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Ends what a job left that was given up: the deletion as halted, a purge to be begun again. */
export async function endAbandoned(tx: Tx, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE deletion d SET state = 'halted', finished_at = ${now} FROM job j
    WHERE d.state = 'running' AND j.workspace_id = d.workspace_id AND j.id = d.job_id AND j.state IN ('failed', 'cancelled')
    RETURNING d.id`.execute(tx);
  await sql`
    UPDATE deletion d SET purge_job_id = NULL FROM job j
    WHERE d.state <> 'purged' AND j.workspace_id = d.workspace_id AND j.id = d.purge_job_id AND j.state IN ('failed', 'cancelled')`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** Deletions whose window has ended and whose purge is not under way, locked; others at work are passed over. */
export async function lockDue(tx: Tx, now: Date): Promise<{ id: string; mode: Mode }[]> {
  const { rows } = await sql<{ id: string; mode: Mode }>`
    SELECT id, mode FROM deletion
    WHERE state IN ('done', 'halted', 'cancelled') AND restorable_until <= ${now} AND purge_job_id IS NULL
    ORDER BY id FOR UPDATE SKIP LOCKED`.execute(tx);
  return rows;
}
