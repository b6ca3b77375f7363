import { createHash } from "node:crypto";
import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type InboundSource, insertInbound } from "./queries.ts";

export interface Arrival {
  source: InboundSource;
  /** RFC 5322, byte for byte as it came. */
  raw: Buffer;
  envelopeFrom?: string | null;
  envelopeTo?: string | null;
}

/** The largest message that is taken, in bytes; servers in front are told the same (RFC 1870). */
export const largestMessage = 50 * 1024 * 1024;

/**
 * Keeps a message that arrived, in the caller's transaction: once that commits,
 * it is never lost, whatever reading it does. One that is there already is not
 * kept again. Reading it is for `takeStored`.
 * @throws HeedError file_too_large
 */
export async function storeMessage(
  tx: Tx,
  arrival: Arrival,
): Promise<{ id: string; repeated: boolean }> {
  if (arrival.raw.length > largestMessage) {
    throw new HeedError(
      "file_too_large",
      `An incoming message may have at most ${largestMessage / 1024 / 1024} MB.`,
    );
  }
  const id = newId();
  const stored = await insertInbound(tx, {
    id,
    channel: "email",
    source: arrival.source,
    digest: digestOf(arrival.raw),
    raw: arrival.raw,
    envelope_from: arrival.envelopeFrom ?? null,
    envelope_to: arrival.envelopeTo ?? null,
  });
  return { id: stored, repeated: stored !== id };
}

const written = ["message-id", "from", "subject", "date", "auto-submitted"];

/**
 * What two arrivals of one message have in common: the fields that its author
 * wrote and the body, and not what servers added on the way. A message without
 * Message-ID has nothing of its own to tell it from another, so all of it counts.
 */
export function digestOf(raw: Buffer): Buffer {
  const text = raw.toString("latin1").replaceAll("\r", "").trimEnd();
  const end = text.indexOf("\n\n");
  const head = end === -1 ? text : text.slice(0, end);
  const fields = new Map(
    head
      .replace(/\n[ \t]+/g, " ")
      .split("\n")
      .map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
      }),
  );
  const hash = createHash("sha256");
  if (!fields.get("message-id")) return hash.update(text).digest();
  for (const name of written) hash.update(`${name}:${fields.get(name) ?? ""}\n`);
  return hash.update(end === -1 ? "" : text.slice(end)).digest();
}
