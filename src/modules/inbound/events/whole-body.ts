import type { IncomingMessage } from "node:http";
import { HeedError } from "../../../kernel/errors.ts";

const largest = 2 * 1024 * 1024;
const longestMs = 10_000;

/** A request's body as it came, of any type. Throws `file_too_large` or `bad_request`. */
export function wholeBody(stream: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (error?: HeedError) => {
      clearTimeout(timer);
      stream.off("data", take).off("end", whole).off("error", broken).off("close", broken);
      if (!error) return resolve(Buffer.concat(chunks));
      // The rest is let through unread, so that the answer can be seen.
      stream.on("error", () => {}).resume();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > largest)
        end(
          new HeedError("file_too_large", "A webhook may have at most 2 MB. Send smaller batches."),
        );
    };
    const whole = () => end();
    const broken = () =>
      end(new HeedError("bad_request", "The request ended before its body was whole."));
    const timer = setTimeout(
      () => end(new HeedError("bad_request", "The request took longer than 10 seconds.")),
      longestMs,
    );
    stream.on("data", take).on("end", whole).on("error", broken).on("close", broken);
  });
}
