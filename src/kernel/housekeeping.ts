import type { Database, Tx } from "./database/index.ts";
import { messageOf } from "./errors.ts";

/** Something that is taken away a bounded number at a time; answers how many it took. */
export type Chore = (tx: Tx, limit: number) => Promise<number>;

const every = 15 * 60_000;
const atOnce = 5_000;

/** Does every chore once in a workspace, in short transactions, until none finds anything more. */
export async function keepHouse(
  db: Database,
  workspaceId: string,
  chores: readonly Chore[],
): Promise<number> {
  let taken = 0;
  for (const chore of chores) {
    for (let last = atOnce; last === atOnce; taken += last) {
      last = await db.inWorkspace(workspaceId, (tx) => chore(tx, atOnce));
    }
  }
  return taken;
}

/** Keeps house in every workspace now and every quarter of an hour, until stopped. */
export function startHousekeeping(
  db: Database,
  options: { workspaceIds: () => Promise<string[]>; chores: readonly Chore[] },
): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const round = async () => {
    try {
      for (const workspaceId of await options.workspaceIds()) {
        if (!stopped) await keepHouse(db, workspaceId, options.chores);
      }
    } catch (error) {
      db.log.warn({ err: messageOf(error) }, "housekeeping failed and is tried again later");
    }
  };
  const begin = () => {
    running = running.then(round);
  };
  begin();
  const timer = setInterval(begin, every);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
