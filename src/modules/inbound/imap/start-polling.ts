import type { Database } from "../../../kernel/database/index.ts";
import { messageOf } from "../../../kernel/errors.ts";
import { pollMailbox } from "./poll-mailbox.ts";
import { dueMailboxes, takeTurn } from "./queries.ts";

/** How often each mailbox is looked at (s), and how often for those whose turn it is (ms). */
const everySeconds = 60;
const lookEvery = 10_000;

/** Polls each mailbox about once a minute, by one worker at a time. */
export function startPolling(db: Database, onStored: () => void): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let stopping = false;
  const poll = async () => {
    for (const { workspace_id, id } of await db.asSystem((tx) => dueMailboxes(tx, everySeconds))) {
      if (stopping) return;
      const mailbox = await db.inWorkspace(workspace_id, (tx) => takeTurn(tx, id, everySeconds));
      if (!mailbox) continue;
      const taken = await pollMailbox(db, mailbox).catch((error) => {
        db.log.warn({ err: messageOf(error), mailbox: id }, "a mailbox could not be polled");
        return 0;
      });
      if (taken > 0) onStored();
    }
  };
  const round = () => {
    running = running.then(poll).catch((error) => {
      db.log.warn({ err: messageOf(error) }, "polling mailboxes failed");
    });
  };
  round();
  const timer = setInterval(round, lookEvery);
  timer.unref();
  return {
    async stop() {
      stopping = true;
      clearInterval(timer);
      await running;
    },
  };
}
