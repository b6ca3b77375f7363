import type { Database } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import { record, system } from "../ledger/index.ts";
import { deleteNeverRun, workspacesWithNeverRun } from "./queries.ts";
import { removeUpload } from "./store-upload.ts";

const keptForMs = 7 * 24 * 3_600_000;

/**
 * Forgets uploads that nobody ran within a week: a file of addresses must not lie about for good.
 * What was run in part stays, because it can be gone on with. Answers how many went.
 */
export async function discardUploads(
  db: Database,
  dataDir: string,
  now = new Date(),
): Promise<number> {
  const before = new Date(now.getTime() - keptForMs);
  let discarded = 0;
  for (const workspaceId of await db.asSystem((tx) => workspacesWithNeverRun(tx, before))) {
    discarded += await db.inWorkspace(workspaceId, async (tx) => {
      const gone = await deleteNeverRun(tx, before);
      for (const { id, stored_as: name } of gone) {
        await record(tx, { act: "import.discarded", actor: system, subjectId: id });
        if (name !== null) tx.afterCommit(() => removeUpload(dataDir, name));
      }
      return gone.length;
    });
  }
  return discarded;
}

/** Does so now and once an hour until stopped. */
export function startUploadCleaner(db: Database, dataDir: string): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const clean = () => {
    running = running
      .then(async () => void (await discardUploads(db, dataDir)))
      .catch((error) =>
        db.log.warn({ err: messageOf(error) }, "old uploads are discarded an hour later"),
      );
  };
  clean();
  const timer = setInterval(clean, 3_600_000);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
