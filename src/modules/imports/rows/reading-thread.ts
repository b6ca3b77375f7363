import { parentPort, workerData } from "node:worker_threads";
import { isHeedError, messageOf } from "../../../kernel/errors.ts";
import { openBatches } from "./open-batches.ts";
import type { FromThread, ThreadData } from "./read-in-thread.ts";

/** The thread of `readInThread`: reads batches, a few ahead of whoever takes them. */
const { reading, key, ahead } = workerData as ThreadData;
const say = (message: FromThread) => parentPort?.postMessage(message);
let room = ahead;
let taken = () => {};
parentPort?.on("message", () => {
  room++;
  taken();
});

try {
  const source = await openBatches(reading, { permanentKey: () => Buffer.from(key) });
  say({ total: source.total });
  for await (const batch of source.batches) {
    while (room === 0) {
      await new Promise<void>((resolve) => {
        taken = resolve;
      });
    }
    room--;
    say({ batch });
  }
  say({ ended: true });
} catch (error) {
  say({
    error: isHeedError(error)
      ? { code: error.code, message: error.message, details: error.details }
      : { code: null, message: messageOf(error), details: {} },
  });
}
parentPort?.close();
