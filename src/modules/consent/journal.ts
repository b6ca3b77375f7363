import type { Database, Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Stop } from "./kinds.ts";
import {
  bumpFences,
  insertLift,
  insertLiftRecord,
  insertStanding,
  insertStops,
  knownStops,
  type NewLift,
  type StopRow,
} from "./queries.ts";

/**
 * The stop journal: every stop and lift, appended to a file beside the database
 * before it is acknowledged (S8). A database restored from a backup has
 * forgotten later stops; until the journal is replayed, nothing is sent.
 */
const journalFile = "journal/stops";

type StopLine = { act: "stop"; workspace_id: string } & Omit<Stop, "made_at">;
type LiftLine = {
  act: "lift";
  workspace_id: string;
  id: string;
  stop_id: string;
  actor_type: string;
  actor_id: string | null;
};
type Line = StopLine | LiftLine;

/** Journals stops once the transaction has committed, before anybody is told. */
export function journalStops(tx: Tx, stops: readonly StopRow[]): void {
  const lines = stops.map((stop) => ({
    act: "stop",
    workspace_id: tx.workspaceId,
    id: stop.id,
    kind: stop.kind,
    cause: stop.cause,
    subject_type: stop.subject_type,
    subject: stop.subject,
    channel: stop.channel,
    topic_id: stop.topic_id,
    campaign_id: stop.campaign_id,
    direction: stop.direction,
    actor_type: stop.actor_type,
    actor_id: stop.actor_id,
  }));
  tx.afterCommit(() => tx.files.append(journalFile, lines));
}

/** Journals lifts once the transaction has committed. */
export function journalLifts(
  tx: Tx,
  lifts: readonly { id: string; stopId: string; actorType: string; actorId: string | null }[],
): void {
  if (lifts.length === 0) return;
  const lines = lifts.map((lift) => ({
    act: "lift",
    workspace_id: tx.workspaceId,
    id: lift.id,
    stop_id: lift.stopId,
    actor_type: lift.actorType,
    actor_id: lift.actorId,
  }));
  tx.afterCommit(() => tx.files.append(journalFile, lines));
}

/** How many journalled stops the database does not know: 0 unless it was restored from a backup. */
export async function missingStops(db: Database): Promise<number> {
  const missing = new Set<string>();
  for await (const batch of batches(db)) {
    await db.inWorkspace(batch.workspaceId, async (tx) => {
      const ids = stopIds(batch.lines);
      const known = await knownStops(tx, ids);
      for (const id of ids) if (!known.has(id)) missing.add(id);
    });
  }
  return missing.size;
}

/**
 * Makes every journalled stop and lift that the database lacks. Safe to repeat.
 *
 * First every lift of a stop that is there, which makes room for a later stop like
 * it; then the missing stops, with the lift if they have one.
 */
export async function replayJournal(db: Database): Promise<{ stops: number; lifts: number }> {
  const counts = { stops: 0, lifts: 0 };
  const lifts = await journalledLifts(db);
  for (const [workspaceId, ofWorkspace] of lifts) {
    await db.inWorkspace(workspaceId, async (tx) => {
      for (const lift of ofWorkspace.values()) if (await insertLift(tx, lift)) counts.lifts++;
    });
  }
  for await (const batch of batches(db)) {
    await db.inWorkspace(batch.workspaceId, async (tx) => {
      const known = await knownStops(tx, stopIds(batch.lines));
      for (const line of batch.lines) {
        if (line.act !== "stop" || known.has(line.id)) continue;
        known.add(line.id); // a stop that was made again has several lines
        const lift = lifts.get(batch.workspaceId)?.get(line.id);
        await restoreStop(tx, line, lift);
        counts.stops++;
        if (lift) counts.lifts++;
      }
    });
  }
  return counts;
}

/**
 * Lifts by workspace and stop. A stop that has a line after its lift was made again, in a
 * database that did not know the lift: it stands. (Two processes may also have written their
 * lines in another order than their commits; then the stop comes back, which is the safe side.)
 */
async function journalledLifts(db: Database): Promise<Map<string, Map<string, NewLift>>> {
  const lifts = new Map<string, Map<string, NewLift>>();
  for await (const { workspaceId, lines } of batches(db)) {
    const ofWorkspace = lifts.get(workspaceId) ?? new Map<string, NewLift>();
    lifts.set(workspaceId, ofWorkspace);
    for (const line of lines) {
      if (line.act === "lift") ofWorkspace.set(line.stop_id, liftOf(line));
      else ofWorkspace.delete(line.id);
    }
  }
  return lifts;
}

async function restoreStop(tx: Tx, line: StopLine, lift: NewLift | undefined): Promise<void> {
  const row: StopRow = { ...line, contact_id: null, address: null, because: "", evidence: {} };
  const fences = await bumpFences(tx, [
    row.subject_type === "domain" ? tx.workspaceId : row.subject,
  ]);
  const stands = lift === undefined && (await insertStanding(tx, [row])).size > 0;
  await insertStops(tx, [{ ...row, generation: [...fences.values()][0] ?? 0 }]);
  if (stands) return;
  // The same stop was made anew after the restore: that one goes on standing, under its own name.
  const another = { id: newId(), stopId: row.id, actorType: "system", actorId: null, evidence: {} };
  await insertLiftRecord(
    tx,
    lift ?? { ...another, authorization: "the same stop stands again since" },
  );
}

function liftOf(line: LiftLine): NewLift {
  return {
    id: line.id,
    stopId: line.stop_id,
    actorType: line.actor_type,
    actorId: line.actor_id,
    authorization: "replayed from the journal",
    evidence: {},
  };
}

function stopIds(lines: readonly Line[]): string[] {
  return lines.flatMap((line) => (line.act === "stop" ? [line.id] : []));
}

async function* batches(db: Database): AsyncGenerator<{ workspaceId: string; lines: Line[] }> {
  let lines: Line[] = [];
  for await (const entry of db.files.read(journalFile)) {
    const line = entry as Line;
    if (lines.length >= 2_000 || (lines[0] && lines[0].workspace_id !== line.workspace_id)) {
      yield { workspaceId: (lines[0] as Line).workspace_id, lines };
      lines = [];
    }
    lines.push(line);
  }
  if (lines[0]) yield { workspaceId: lines[0].workspace_id, lines };
}
