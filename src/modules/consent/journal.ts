import type { Database, Tx } from "../../kernel/database/index.ts";
import type { Stop } from "./kinds.ts";
import { bumpFences, insertLift, insertStanding, insertStops, knownStops, type StopRow } from "./queries.ts";

/**
 * The stop journal: every stop and lift, appended to a file beside the database
 * before it is acknowledged (S8). A database restored from a backup has
 * forgotten later stops; until the journal is replayed, nothing is sent.
 */
const journalFile = "journal/stops";

type Line =
  | ({ act: "stop"; workspace_id: string } & Omit<Stop, "made_at">)
  | { act: "lift"; workspace_id: string; id: string; stop_id: string; actor_type: string; actor_id: string | null };

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

export function journalLift(
  tx: Tx,
  lift: { id: string; stopId: string; actorType: string; actorId: string | null },
): void {
  const line = {
    act: "lift",
    workspace_id: tx.workspaceId,
    id: lift.id,
    stop_id: lift.stopId,
    actor_type: lift.actorType,
    actor_id: lift.actorId,
  };
  tx.afterCommit(() => tx.files.append(journalFile, [line]));
}

/** How many journalled stops the database does not know: 0 unless it was restored from a backup. */
export async function missingStops(db: Database): Promise<number> {
  let missing = 0;
  for await (const batch of batches(db)) {
    missing += await db.inWorkspace(batch.workspaceId, async (tx) => {
      const known = await knownStops(tx, stopIds(batch.lines));
      return stopIds(batch.lines).filter((id) => !known.has(id)).length;
    });
  }
  return missing;
}

/** Makes every journalled stop and lift that the database lacks. Safe to repeat. */
export async function replayJournal(db: Database): Promise<{ stops: number; lifts: number }> {
  const counts = { stops: 0, lifts: 0 };
  for await (const batch of batches(db)) {
    await db.inWorkspace(batch.workspaceId, async (tx) => {
      const known = await knownStops(tx, stopIds(batch.lines));
      for (const line of batch.lines) {
        if (line.act === "stop" && !known.has(line.id)) {
          const row: StopRow = { ...line, contact_id: null, address: null, because: "", evidence: {} };
          const fences = await bumpFences(tx, [row.subject_type === "domain" ? tx.workspaceId : row.subject]);
          await insertStanding(tx, [row]);
          await insertStops(tx, [{ ...row, generation: [...fences.values()][0] ?? 0 }]);
          counts.stops++;
        } else if (line.act === "lift") {
          const lifted = await insertLift(tx, {
            id: line.id,
            stopId: line.stop_id,
            actorType: line.actor_type,
            actorId: line.actor_id,
            authorization: "replayed from the journal",
            evidence: {},
          });
          if (lifted) counts.lifts++;
        }
      }
    });
  }
  return counts;
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
