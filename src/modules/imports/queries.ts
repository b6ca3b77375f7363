import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";
import type { CsvDelimiter } from "./csv/detect-dialect.ts";
import type { CsvEncoding } from "./csv/encoding.ts";
import type { ColumnMapping } from "./csv/mapping.ts";
import type { Rejection } from "./rows/read-row.ts";
import type { Counts, Mode } from "./rules.ts";

export const states = [
  "uploaded",
  "checking",
  "checked",
  "running",
  "finished",
  "cancelled",
  "failed",
  "undoing",
  "undone",
] as const;
export type ImportState = (typeof states)[number];

/** How far an import is, written in the transaction that got it there. */
export interface Checkpoint {
  /** The last row applied. */
  row?: number;
  /** Between which ids the contacts lie that it created. */
  first_id?: string;
  last_id?: string;
  /** Counts up to that row, those stopped not yet set apart. */
  counts?: Counts;
  /** How far an undo came. */
  undo?: UndoPlace;
}

export interface UndoPlace {
  stage: "created" | "found";
  after: string | null;
  counts: Record<string, number>;
  done: number;
}

export interface Import {
  id: string;
  file_name: string;
  stored_as: string | null;
  bytes: number;
  encoding: CsvEncoding;
  delimiter: CsvDelimiter;
  state: ImportState;
  header: string[];
  mapping: ColumnMapping[];
  mode: Mode;
  list_id: string | null;
  default_country: string | null;
  dry_run: Record<string, unknown> | null;
  counts: Partial<Counts>;
  checkpoint: Checkpoint;
  undo_counts: Record<string, number> | null;
  job_id: string | null;
  created_by: string | null;
  created_at: Date;
  finished_at: Date | null;
}

export type NewImport = Pick<
  Import,
  | "id"
  | "file_name"
  | "stored_as"
  | "bytes"
  | "encoding"
  | "delimiter"
  | "header"
  | "mapping"
  | "created_by"
>;

export async function insertImport(tx: Tx, row: NewImport): Promise<void> {
  await sql`
    INSERT INTO import (workspace_id, id, file_name, stored_as, bytes, encoding, delimiter, header, mapping, created_by)
    VALUES (${tx.workspaceId}, ${row.id}, ${row.file_name}, ${row.stored_as}, ${row.bytes}, ${row.encoding}, ${row.delimiter},
      ${JSON.stringify(row.header)}::jsonb, ${JSON.stringify(row.mapping)}::jsonb, ${row.created_by})`.execute(
    tx,
  );
}

export async function findImport(tx: Tx, id: string): Promise<Import | undefined> {
  const { rows } = await sql<Import>`SELECT * FROM import WHERE id = ${id}`.execute(tx);
  return rows[0];
}

/** The same, held against other acts on it until the transaction ends. */
export async function lockImport(tx: Tx, id: string): Promise<Import | undefined> {
  const { rows } = await sql<Import>`SELECT * FROM import WHERE id = ${id} FOR UPDATE`.execute(tx);
  return rows[0];
}

/** Imports whose uploaded file is still there, held. */
export async function lockStoredImports(
  tx: Tx,
): Promise<(Pick<Import, "id" | "state" | "encoding"> & { stored_as: string })[]> {
  const { rows } = await sql<Pick<Import, "id" | "state" | "encoding"> & { stored_as: string }>`
    SELECT id, state, encoding, stored_as FROM import WHERE stored_as IS NOT NULL ORDER BY id FOR UPDATE`.execute(
    tx,
  );
  return rows;
}

/** Imports newest first, older than the given one; `createdBy` limits them to one user's. */
export async function listImports(
  tx: Tx,
  page: { before?: string; createdBy: string | null; limit: number },
): Promise<Import[]> {
  const { rows } = await sql<Import>`
    SELECT * FROM import
    WHERE ${page.before ? sql`id < ${page.before}` : sql`true`}
      AND ${page.createdBy ? sql`created_by = ${page.createdBy}` : sql`true`}
    ORDER BY id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** Workspaces with an upload from before a moment that nobody ran. */
export async function workspacesWithNeverRun(tx: SystemTx, before: Date): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT DISTINCT workspace_id FROM import WHERE ${neverRun(before)}`.execute(tx);
  return rows.map((row) => row.workspace_id);
}

/** Deletes them, and answers which files they had. */
export async function deleteNeverRun(
  tx: Tx,
  before: Date,
): Promise<Pick<Import, "id" | "stored_as">[]> {
  const { rows } = await sql<Pick<Import, "id" | "stored_as">>`
    DELETE FROM import WHERE ${neverRun(before)} RETURNING id, stored_as`.execute(tx);
  return rows;
}

const neverRun = (before: Date) =>
  sql`state IN ('uploaded', 'checked') AND checkpoint->>'row' IS NULL AND created_at < ${before}`;

export type ImportChange = Partial<
  Pick<
    Import,
    | "state"
    | "stored_as"
    | "mapping"
    | "mode"
    | "list_id"
    | "default_country"
    | "dry_run"
    | "counts"
    | "checkpoint"
    | "undo_counts"
    | "job_id"
    | "finished_at"
  >
>;

const asJson = new Set(["mapping", "dry_run", "counts", "checkpoint", "undo_counts"]);

export async function updateImport(tx: Tx, id: string, change: ImportChange): Promise<void> {
  const sets = Object.entries(change).map(([column, value]) =>
    asJson.has(column) && value !== null
      ? sql`${sql.ref(column)} = ${JSON.stringify(value)}::jsonb`
      : sql`${sql.ref(column)} = ${value}`,
  );
  await sql`UPDATE import SET ${sql.join(sets)} WHERE id = ${id}`.execute(tx);
}

/**
 * Moves the checkpoint on from `from` in the batch's own transaction; false when another process
 * has moved it already, so that no row is ever applied twice (J1).
 */
export async function advance(
  tx: Tx,
  id: string,
  step: { from: number; checkpoint: Checkpoint & { counts: Counts } },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE import SET counts = ${JSON.stringify(step.checkpoint.counts)}::jsonb, checkpoint = ${JSON.stringify(step.checkpoint)}::jsonb
    WHERE id = ${id} AND coalesce((checkpoint->>'row')::bigint, 0) = ${step.from} AND state = 'running'
    RETURNING id`.execute(tx);
  return rows.length === 1;
}

// Whoever has a file of broken rows gets the head of each cell back, not a second copy of the file.
const cellLength = 2_000;
const rowLength = 20_000;

export async function insertRejections(
  tx: Tx,
  importId: string,
  rejections: readonly Rejection[],
): Promise<void> {
  if (rejections.length === 0) return;
  await sql`
    INSERT INTO import_rejection (workspace_id, import_id, row_number, line_number, reason, message, raw)
    SELECT ${tx.workspaceId}, ${importId}, * FROM unnest(
      ${rejections.map((r) => r.rowNumber)}::bigint[], ${rejections.map((r) => r.lineNumber)}::bigint[],
      ${rejections.map((r) => r.reason)}::text[], ${rejections.map((r) => r.message)}::text[],
      ${rejections.map((r) => JSON.stringify(kept(r.values)))}::jsonb[])
    ON CONFLICT DO NOTHING`.execute(tx);
}

function kept(values: readonly string[]): string[] {
  let left = rowLength;
  return values.slice(0, 1_000).map((value) => {
    const cell = value.slice(0, Math.min(cellLength, left)).replace(/\0|\p{Cs}/gu, "");
    left -= cell.length;
    return cell;
  });
}

export interface StoredRejection {
  row_number: number;
  line_number: number;
  reason: string;
  message: string;
  raw: string[];
}

export async function rejectionsAfter(
  tx: Tx,
  importId: string,
  row: number,
  limit: number,
): Promise<StoredRejection[]> {
  const { rows } = await sql<StoredRejection>`
    SELECT row_number, line_number, reason, message, raw FROM import_rejection
    WHERE import_id = ${importId} AND row_number > ${row} ORDER BY row_number LIMIT ${limit}`.execute(
    tx,
  );
  return rows;
}
