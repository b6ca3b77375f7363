import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { saveProgress } from "../../kernel/jobs/index.ts";
import { bumpFences } from "../consent/index.ts";
import { letSearchWait, searchText, sortName } from "../contacts/index.ts";
import { addMembers } from "../lists/index.ts";
import { cancelCovered } from "../sending/index.ts";
import { addresseesOf, applyStops } from "./apply-stops.ts";
import {
  changedContacts,
  copyRows,
  dropRows,
  insertNewContacts,
  type Match,
  type MergedNaming,
  makeBatchTables,
  matchRows,
  membersAmong,
  noteAddedToList,
  noteUnchanged,
  updateChanged,
} from "./batch-queries.ts";
import type { OwnConnection } from "./own-connection.ts";
import { advance, type Checkpoint, insertRejections } from "./queries.ts";
import type { Batch, Rejection } from "./rows/read-row.ts";
import { type Counts, flatCounts, type Mode, noCounts, plus } from "./rules.ts";

export interface Run {
  workspaceId: string;
  importId: string;
  jobId: string | null;
  mode: Mode;
  listId: string | null;
  /** For somebody who sees only their own contacts: theirs. */
  ownerId: string | null;
  total: number;
}

/** How far a run is; its counts do not set those apart yet that are stopped. */
export type Progress = Checkpoint & { counts: Counts };

const triesAtMost = 8;
// Unique violation, deadlock: somebody made or changed one of these contacts at the same moment.
const worthAnotherTry = new Set(["23505", "40P01"]);

/** Applies a batch and moves the checkpoint on, in one transaction: both stand or neither. */
export async function applyBatch(
  own: OwnConnection,
  run: Run,
  batch: Batch,
  before: Progress,
): Promise<Progress> {
  for (let tried = 1; ; tried++) {
    try {
      return await own.db.inWorkspace(run.workspaceId, (tx) =>
        apply(tx, own, run, batch, before, tried > 1),
      );
    } catch (error) {
      if (tried >= triesAtMost || !worthAnotherTry.has((error as { code?: string }).code ?? ""))
        throw error;
    }
  }
}

async function apply(
  tx: Tx,
  own: OwnConnection,
  run: Run,
  batch: Batch,
  before: Progress,
  carefully: boolean,
): Promise<Progress> {
  await makeBatchTables(tx);
  await own.copy(copyRows, batch.text);
  const ids = [...batch.contactIds.values()];
  const [first, last] = [ids[0], ids.at(-1)];
  if (first && last) await letSearchWait(tx, { first, last });
  const { found, refused, created } = await placeRows(tx, run, batch, carefully);
  const rejections = [...batch.rejections, ...[...refused].map((row) => addressTaken(batch, row))];
  const changes = found.size > 0 ? await change(tx, run) : { updated: 0 };

  const addressees = await addresseesOf(tx, batch.stops, {
    ownerId: run.ownerId,
    contactOf: ({ rowNumber: row }) =>
      refused.has(row) ? undefined : (found.get(row)?.contact_id ?? batch.contactIds.get(row)),
  });
  const stopsMade = await applyStops(tx, { importId: run.importId, rows: batch.stops, addressees });
  const listed =
    run.listId === null ? null : await addToList(tx, run, run.listId, batch, found, refused);
  await insertRejections(tx, run.importId, rejections);

  const counts = plus(before.counts, {
    ...noCounts,
    read: batch.rows,
    created,
    updated: changes.updated,
    unchanged: found.size - changes.updated,
    rejected: rejections.length,
    added_to_list: listed?.added ?? 0,
    excluded_from_list: listed?.excluded ?? 0,
    rejected_because: tallyReasons(rejections),
    stops_made: stopsMade,
  });
  const after: Progress = {
    row: batch.lastRow,
    first_id: before.first_id ?? first,
    last_id: last ?? before.last_id,
    counts,
  };
  if (!(await advance(tx, run.importId, { from: before.row ?? 0, checkpoint: after }))) {
    throw new HeedError(
      "import_taken_over",
      "Another process goes on with this import; see its job.",
    );
  }
  if (run.jobId !== null) {
    await saveProgress(tx, run.jobId, {
      done: batch.lastRow,
      total: run.total,
      counts: flatCounts(counts),
    });
  }
  return after;
}

interface Placed {
  found: Map<number, Match>;
  /** Rows whose address somebody else's contact has, for those who see only their own. */
  refused: Set<number>;
  created: number;
}

/** Finds or creates the contact of each row. */
async function placeRows(tx: Tx, run: Run, batch: Batch, carefully: boolean): Promise<Placed> {
  const placed: Placed = { found: new Map(), refused: new Set(), created: 0 };
  for (let tried = 0; tried < triesAtMost; tried++) {
    const matches = await matchRows(tx);
    const notTheirs = matches.filter((row) => run.ownerId !== null && row.owner_id !== run.ownerId);
    for (const row of matches) placed.found.set(row.row_number, row);
    for (const { row_number } of notTheirs) {
      placed.found.delete(row_number);
      placed.refused.add(row_number);
    }
    if (notTheirs.length > 0)
      await dropRows(
        tx,
        notTheirs.map((row) => row.row_number),
      );
    placed.created += await insertNewContacts(tx, run.importId, carefully);
    // Left out were those that somebody made meanwhile: found next, or gone again and made next.
    if (placed.created + placed.found.size + placed.refused.size === batch.contactIds.size)
      return placed;
  }
  throw new Error("contacts come and go while they are imported");
}

/** Changes contacts that were there, as the mode says, and notes what they were. */
async function change(tx: Tx, run: Run): Promise<{ updated: number }> {
  if (run.mode === "skip") {
    await noteUnchanged(tx, run.importId, []);
    return { updated: 0 };
  }
  const changed = await changedContacts(tx, run.mode);
  const updated = await updateChanged(
    tx,
    run.importId,
    run.mode,
    changed.map((row) => ({
      rowNumber: row.row_number,
      searchText: searchText(row),
      sortName: sortName(row),
    })),
  );
  if (updated !== changed.length)
    throw Object.assign(new Error("a contact changed meanwhile"), { code: "40P01" });
  await noteUnchanged(
    tx,
    run.importId,
    changed.map((row) => row.row_number),
  );
  await followMoves(
    tx,
    changed.filter((row) => row.phone_key !== row.phone_key_before),
  );
  return { updated };
}

/** Who has another number now: a claim under way with the old one must not slip past, so fences move. */
async function followMoves(tx: Tx, moved: readonly MergedNaming[]): Promise<void> {
  if (moved.length === 0) return;
  const contactIds = moved.map((row) => row.contact_id);
  const keys = moved
    .flatMap((row) => [row.phone_key, row.phone_key_before])
    .filter((key) => key !== null);
  await bumpFences(tx, [...contactIds, ...keys]);
  await cancelCovered(tx, contactIds, null);
}

async function addToList(
  tx: Tx,
  run: Run,
  listId: string,
  batch: Batch,
  found: ReadonlyMap<number, Match>,
  refused: ReadonlySet<number>,
): Promise<{ added: number; excluded: number }> {
  const there = [...found.values()].map((row) => row.contact_id);
  const members = there.length > 0 ? await membersAmong(tx, listId, there) : new Set<string>();
  const ids = [...batch.contactIds]
    .filter(([row]) => !refused.has(row))
    .map(([row, id]) => found.get(row)?.contact_id ?? id);
  const { added, excluded } = await addMembers(tx, listId, ids);
  const joining = there.filter((id) => !members.has(id));
  if (joining.length > 0) await noteAddedToList(tx, run.importId, listId, joining);
  return { added, excluded: excluded.length };
}

function tallyReasons(rejections: readonly Rejection[]): Record<string, number> {
  const reasons: Record<string, number> = {};
  for (const { reason } of rejections) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return reasons;
}

function addressTaken(batch: Batch, rowNumber: number): Rejection {
  const cells = batch.cells.get(rowNumber);
  return {
    rowNumber,
    lineNumber: cells?.lineNumber ?? 0,
    reason: "address_taken",
    message: "Another user's contact has this address. Ask an administrator who owns it.",
    values: cells?.values ?? [],
  };
}
