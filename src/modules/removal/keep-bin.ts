import type { Database, Tx } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import { record, system } from "../ledger/index.ts";
import { deleteStalePreviews, endAbandoned, expireApprovals, lockDue } from "./deletion-queries.ts";
import { startDuePurge } from "./purge-bin.ts";
import { takeAlarms, workspacesWithRemovals } from "./request-queries.ts";
import { alarmDays, daysAfter, minutesAfter } from "./rules.ts";

const everyMs = 30_000;
/** A preview stays a while after it went stale, so that whoever confirms it late is told why. */
const keepStaleMinutes = 60;

export interface BinKeeper {
  stop(): Promise<void>;
}

/** Looks after the bin of every workspace until stopped. Any number of processes may run it. */
export function startBinKeeper(db: Database): BinKeeper {
  let running = Promise.resolve();
  const look = () => {
    running = running
      .then(() => keepBins(db, new Date()))
      .catch((error) =>
        db.log.error({ err: messageOf(error) }, "could not look after the bin; trying again"),
      );
  };
  look();
  const timer = setInterval(look, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** What is due at a moment, in every workspace: purges, lapsed approvals and previews, alarms. */
export async function keepBins(db: Database, now: Date): Promise<void> {
  for (const workspaceId of await db.asSystem(workspacesWithRemovals)) {
    await db.inWorkspace(workspaceId, (tx) => keepBin(tx, now));
  }
}

async function keepBin(tx: Tx, now: Date): Promise<void> {
  await deleteStalePreviews(tx, minutesAfter(now, -keepStaleMinutes));
  for (const id of await expireApprovals(tx, now)) {
    await record(tx, { act: "deletion.lapsed", actor: system, subjectId: id });
  }
  for (const id of await endAbandoned(tx, now)) {
    await record(tx, { act: "deletion.halted", actor: system, subjectId: id });
  }
  for (const { id } of await lockDue(tx, now)) await startDuePurge(tx, id);
  for (const { id, due_at } of await takeAlarms(tx, daysAfter(now, alarmDays), now)) {
    await record(tx, {
      act: "erasure_request.due_soon",
      actor: system,
      subjectId: id,
      detail: { due_at: due_at.toISOString() },
    });
    tx.log.warn(
      { erasure_request: id, due_at: due_at.toISOString() },
      "an erasure request is due soon and not answered yet",
    );
  }
}
