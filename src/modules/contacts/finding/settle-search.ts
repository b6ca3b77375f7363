import type { Database } from "../../../kernel/database/index.ts";
import { messageOf } from "../../../kernel/errors.ts";
import { foldSearch, settleOldest, waitingForSearch } from "./settle-queries.ts";

// While an import runs, the index keeps out of its way as long as searching what waits stays bearable.
const quietMs = 3_000;
const rangesAtMost = 100;
// Folding walks the whole index: several ranges at once cost hardly more than one.
const rangesPerFold = 6;

/** Moves imported contacts into the search index, some seconds after the import, until stopped. */
export function startSearchSettler(db: Database, everyMs = 1_000): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  let ended = false;
  const timer = setInterval(() => {
    running ??= settleDue(db, () => ended)
      .catch((error) => db.log.warn({ err: messageOf(error) }, "the search index is settled later"))
      .finally(() => {
        running = null;
      });
  }, everyMs);
  return {
    async stop() {
      ended = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function settleDue(db: Database, ended: () => boolean): Promise<void> {
  for (const waiting of await db.asSystem(waitingForSearch)) {
    if (waiting.idle_ms < quietMs && waiting.ranges <= rangesAtMost) continue;
    await settleSearch(db, waiting.workspace_id, ended);
  }
}

/** Moves all that waits in a workspace into the search index, a range a transaction. */
export async function settleSearch(
  db: Database,
  workspaceId: string,
  ended: () => boolean = () => false,
): Promise<void> {
  const fold = () => db.inWorkspace(workspaceId, foldSearch);
  let unfolded = 0;
  while (!ended() && (await db.inWorkspace(workspaceId, settleOldest))) {
    if (++unfolded % rangesPerFold === 0) await fold();
  }
  if (unfolded % rangesPerFold !== 0) await fold();
}
