import type { Worker } from "node:worker_threads";
import { HeedError } from "../../../kernel/errors.ts";
import { startThread } from "../../../kernel/threads.ts";
import { type KeySecret, keyPurpose } from "../../contacts/index.ts";
import type { BatchSource, Reading } from "./open-batches.ts";
import type { Batch } from "./read-row.ts";

/** What the thread is given. Of the secrets it gets the one that keys are made with. */
export interface ThreadData {
  reading: Reading;
  key: Uint8Array;
  /** Batches read before the first is taken. */
  ahead: number;
}

export type FromThread =
  | { total: number }
  | { batch: Batch }
  | { ended: true }
  | { error: { code: string | null; message: string; details: Record<string, unknown> } };

const ahead = 1;
// Rows live shortly: without a bound V8 lets their garbage grow to hundreds of megabytes.
const resourceLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 };

/**
 * `openBatches` in a thread of its own: while PostgreSQL applies a batch on one core, the next ones
 * are read on another, and neither the answers of PostgreSQL nor anybody's request waits for it.
 */
export async function readInThread(reading: Reading, secrets: KeySecret): Promise<BatchSource> {
  const workerData: ThreadData = { reading, key: secrets.permanentKey(keyPurpose), ahead };
  const worker = startThread(import.meta.url, "reading-thread", { workerData, resourceLimits });
  const messages = inbox(worker);
  const close = async () => {
    await worker.terminate();
  };
  async function* batches(): AsyncGenerator<Batch, void, undefined> {
    for (;;) {
      const message = await messages.next();
      if (!("batch" in message)) return;
      worker.postMessage("taken");
      // Buffers arrive as plain bytes.
      yield { ...message.batch, text: message.batch.text.map((text) => Buffer.from(text)) };
    }
  }
  try {
    const first = await messages.next();
    if (!("total" in first)) throw new Error("the reading thread said something else first");
    return { total: first.total, batches: batches(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The thread's messages in order; its errors are thrown where they are waited for. */
function inbox(worker: Worker): { next(): Promise<FromThread> } {
  const waiting: FromThread[] = [];
  let arrived = () => {};
  let failed: Error | undefined;
  const fail = (error: Error) => {
    failed ??= error;
    arrived();
  };
  worker.on("message", (message: FromThread) => {
    if ("error" in message) {
      const { code, message: text, details } = message.error;
      return fail(code === null ? new Error(text) : new HeedError(code, text, details));
    }
    waiting.push(message);
    arrived();
  });
  worker.on("error", (error) => fail(error as Error));
  worker.on("exit", () => fail(new Error("the reading thread ended early")));
  return {
    async next() {
      for (;;) {
        const message = waiting.shift();
        if (message) return message;
        if (failed) throw failed;
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
  };
}
