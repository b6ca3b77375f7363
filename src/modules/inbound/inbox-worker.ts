import type { Database } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import type { Reader } from "./reading/reader.ts";
import { takeStored } from "./take-message.ts";

/** How long a stored message waits at most when nobody says that it came (ms). */
const lookEvery = 1_000;

export interface InboxWorker {
  /** Something was stored: look at once. */
  wake(): void;
  stop(): Promise<void>;
}

/** Reads stored mail as it comes. Any number of workers may run; each message is read by one. */
export function startInboxWorker(db: Database, reader: Reader): InboxWorker {
  let stopping = false;
  let woken = false;
  let sleeping: (() => void) | null = null;
  const wake = () => {
    woken = true;
    sleeping?.();
  };
  const run = async () => {
    while (!stopping) {
      woken = false;
      const taken = await takeStored(db, reader).catch((error) => {
        db.log.warn({ err: messageOf(error) }, "reading stored mail failed");
        return 0;
      });
      if (taken > 0 || woken || stopping) continue;
      await new Promise<void>((done) => {
        sleeping = done;
        setTimeout(done, lookEvery).unref();
      });
      sleeping = null;
    }
  };
  const running = run();
  return {
    wake,
    async stop() {
      stopping = true;
      wake();
      await running;
    },
  };
}
