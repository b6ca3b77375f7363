import { z } from "zod";
import { replyMeanings } from "./meaning.ts";
import type { ModelReading, ReplyReader } from "./reply-reader.ts";

const answer = z.object({
  meaning: z.enum(replyMeanings),
  certain: z.boolean().default(false),
  until: z.iso.date().optional(),
  because: z.string().max(2_000).optional(),
});

/** Longest answer that is read, in bytes. */
const longestAnswer = 16_384;

export interface ModelEndpoint {
  /** An `https:` or `http:` address, set by the workspace's administrator. */
  url: string;
  /** Sent as `Authorization: Bearer`. */
  key?: string;
  /** How long to wait for the whole answer; 10 s unless told. */
  timeoutMs?: number;
}

/**
 * A reader that asks a language model over HTTP: a POST of
 * `{subject, said, language, meanings}`, answered by 200 and
 * `{meaning, certain, until?, because?}`. Late, large, redirected, failed and
 * malformed answers are none; it never throws.
 */
export function askModel(endpoint: ModelEndpoint): ReplyReader {
  return {
    async read(reply): Promise<ModelReading | undefined> {
      try {
        const response = await fetch(endpoint.url, {
          method: "POST",
          redirect: "error",
          headers: {
            "content-type": "application/json",
            accept: "application/json",
            ...(endpoint.key === undefined ? {} : { authorization: `Bearer ${endpoint.key}` }),
          },
          body: JSON.stringify({ ...reply, meanings: replyMeanings }),
          signal: AbortSignal.timeout(endpoint.timeoutMs ?? 10_000),
        });
        if (response.status !== 200) {
          await response.body?.cancel();
          return undefined;
        }
        const text = await boundedText(response);
        if (text === undefined) return undefined;
        const parsed = answer.safeParse(JSON.parse(text));
        return parsed.success ? parsed.data : undefined;
      } catch {
        // The rules' own understanding stands; a model that fails decides nothing.
        return undefined;
      }
    },
  };
}

async function boundedText(response: Response): Promise<string | undefined> {
  if (!response.body) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > longestAnswer) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
