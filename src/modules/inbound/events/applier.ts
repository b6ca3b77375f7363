import type { Database } from "../../../kernel/database/index.ts";
import { messageOf } from "../../../kernel/errors.ts";
import { applyPending } from "./apply-events.ts";
import { workspacesWithPending } from "./queries.ts";

/** What comes within this takes effect in one transaction: under load a commit is shared, and a stop waits no longer than this. */
const gatherMs = 15;

export interface EventApplier {
  /** Something of this workspace was stored: it takes effect now, after whatever is taking effect already. */
  kick(workspaceId: string): void;
}

/** Lets events take effect in the process that stored them, a workspace at a time. */
export function eventApplier(db: Database): EventApplier {
  const running = new Map<string, { again: boolean }>();

  async function run(workspaceId: string, turn: { again: boolean }): Promise<void> {
    try {
      do {
        await new Promise((wake) => setTimeout(wake, gatherMs));
        turn.again = false;
        await applyPending(db, workspaceId);
      } while (turn.again);
    } catch (error) {
      db.log.warn({ err: messageOf(error) }, "events of a provider wait for the next sweep");
    } finally {
      running.delete(workspaceId);
    }
  }

  return {
    kick(workspaceId) {
      const turn = running.get(workspaceId);
      if (turn) {
        turn.again = true;
        return;
      }
      const next = { again: false };
      running.set(workspaceId, next);
      void run(workspaceId, next);
    },
  };
}

/** The worker's part: what a process left that died, and what had to wait for its message, takes effect. */
export function startEventSweep(db: Database, everyMs = 1_000): { stop(): Promise<void> } {
  let stopping = false;
  let wake = () => {};
  const loop = (async () => {
    while (!stopping) {
      try {
        for (const workspaceId of await db.asSystem(workspacesWithPending))
          await applyPending(db, workspaceId);
      } catch (error) {
        db.log.error({ err: messageOf(error) }, "could not apply providers' events; trying again");
      }
      if (stopping) break;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, everyMs);
        wake = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  })();
  return {
    async stop() {
      stopping = true;
      wake();
      await loop;
    },
  };
}
