import type { Database, Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { saveProgress } from "../../kernel/jobs/index.ts";
import { addresseesOf } from "./apply-stops.ts";
import {
  changedContacts,
  copyRows,
  dropRows,
  lacksStatistics,
  makeBatchTables,
  matchRows,
  refreshStatistics,
} from "./batch-queries.ts";
import {
  makeDryRunTables,
  newStops,
  noteOutcomes,
  noteStops,
  outcomesOf,
  stoppedOutcomes,
} from "./dry-run-queries.ts";
import { OwnConnection } from "./own-connection.ts";
import { findImport, type Import, updateImport } from "./queries.ts";
import type { BatchSource } from "./rows/open-batches.ts";
import type { Batch } from "./rows/read-row.ts";
import { type Counts, flatCounts, noCounts, plus, wantedStops, withStopped } from "./rules.ts";
import { type ImportWork, openFor, stopIfAsked } from "./run-import.ts";

/** What a run would do. Its counts are those that the run will give, if nothing changes before it. */
export interface DryRun {
  counts: Counts;
  /** Rows whose contact may be written to now and may not afterwards. */
  newly_stopped: number;
}

/** Reads the whole file and counts what a run would do. Changes nothing but the import itself. */
export async function dryRun(db: Database, work: ImportWork): Promise<DryRun> {
  const found = await db.inWorkspace(work.workspaceId, (tx) => findImport(tx, work.importId));
  if (!found) throw new HeedError("not_found", "There is no such import.");
  const own = new OwnConnection(db);
  let source: BatchSource | undefined;
  try {
    source = await openFor(db, work, found, 0);
    const { total } = source;
    if (await lacksStatistics(db)) await refreshStatistics(db);
    let counts = noCounts;
    for await (const batch of source.batches) {
      stopIfAsked(work.signal);
      counts = await own.db.inWorkspace(work.workspaceId, (tx) =>
        look(tx, own, work, found, batch, counts),
      );
      if (work.jobId !== null) await saveDryProgress(db, work, batch.lastRow, total, counts);
      work.onProgress?.({ done: batch.lastRow, total, counts });
    }
    const result = await own.db.inWorkspace(work.workspaceId, async (tx): Promise<DryRun> => {
      const outcomes = await stoppedOutcomes(tx);
      const stopped = { created: 0, updated: 0, unchanged: 0 };
      for (const each of outcomes) stopped[each.outcome] = each.stopped;
      return {
        counts: withStopped({ ...counts, stops_made: await newStops(tx) }, stopped),
        newly_stopped: outcomes.reduce((sum, each) => sum + each.newly, 0),
      };
    });
    await db.inWorkspace(work.workspaceId, async (tx) => {
      await updateImport(tx, work.importId, { state: "checked", dry_run: { ...result } });
      if (work.jobId !== null) {
        await saveProgress(tx, work.jobId, {
          done: total,
          total,
          counts: flatCounts(result.counts),
        });
      }
    });
    return result;
  } finally {
    await own.close();
    await source?.close();
  }
}

/** The batch's rows and stops, noted in the connection's own tables. */
async function look(
  tx: Tx,
  own: OwnConnection,
  work: ImportWork,
  found: Import,
  batch: Batch,
  counts: Counts,
): Promise<Counts> {
  await makeBatchTables(tx);
  await makeDryRunTables(tx);
  await own.copy(copyRows, batch.text);
  const matches = await matchRows(tx);
  const notTheirs = matches.filter((row) => work.ownerId !== null && row.owner_id !== work.ownerId);
  const refused = new Set(notTheirs.map((row) => row.row_number));
  if (refused.size > 0) await dropRows(tx, [...refused]);
  const changed =
    found.mode === "skip" || matches.length === 0 ? [] : await changedContacts(tx, found.mode);
  const outcomes = await noteOutcomes(
    tx,
    changed.map((row) => row.row_number),
  );

  const contacts = await outcomesOf(tx, [
    ...new Set(batch.stops.map((stop) => stop.firstRow ?? stop.rowNumber)),
  ]);
  const addressees = await addresseesOf(tx, batch.stops, {
    ownerId: work.ownerId,
    contactOf: (row) => contacts.get(row.firstRow ?? row.rowNumber),
  });
  await noteStops(
    tx,
    batch.stops.flatMap((row, index) => {
      const to = addressees[index];
      if (!to) return [];
      return wantedStops(row.signals, to, row.doubtful).map((stop) => ({
        ...stop,
        subject: stop.on === "contact" ? (to.contactId as string) : stop.on.key,
      }));
    }),
  );
  const reasons: Record<string, number> = refused.size > 0 ? { address_taken: refused.size } : {};
  for (const { reason } of batch.rejections) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return plus(counts, {
    ...noCounts,
    read: batch.rows,
    created: outcomes.created ?? 0,
    updated: outcomes.updated ?? 0,
    unchanged: outcomes.unchanged ?? 0,
    rejected: batch.rejections.length + refused.size,
    rejected_because: reasons,
  });
}

async function saveDryProgress(
  db: Database,
  work: ImportWork,
  done: number,
  total: number,
  counts: Counts,
): Promise<void> {
  await db.inWorkspace(work.workspaceId, (tx) =>
    saveProgress(tx, work.jobId as string, { done, total, counts: flatCounts(counts) }),
  );
}
