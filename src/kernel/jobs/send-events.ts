import type { FastifyReply, FastifyRequest } from "fastify";

const everyMs = 400;
const keepAliveMs = 15_000;

/**
 * Answers with server-sent events: the current state at once, then each change,
 * until `isLast` or the reader leaves. Reads the state instead of subscribing to
 * it, so that it is true whichever process does the work.
 */
export async function sendEvents<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  source: { read: () => Promise<T>; isLast: (state: T) => boolean },
): Promise<FastifyReply> {
  reply.hijack();
  const stream = reply.raw;
  stream.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  let open = true;
  request.raw.on("close", () => {
    open = false;
  });
  let last = "";
  let lastWrite = 0;
  let number = 0;
  try {
    while (open) {
      const state = await source.read();
      const text = JSON.stringify(state);
      if (text !== last) {
        last = text;
        lastWrite = Date.now();
        stream.write(`id: ${++number}\ndata: ${text}\n\n`);
      } else if (Date.now() - lastWrite > keepAliveMs) {
        lastWrite = Date.now();
        stream.write(": still here\n\n");
      }
      if (source.isLast(state)) break;
      await new Promise((wake) => setTimeout(wake, everyMs));
    }
  } catch {
    // The reader reconnects and sees the state as it is then.
  } finally {
    stream.end();
  }
  return reply;
}
