import type { Tx } from "../../kernel/database/index.ts";
import { act } from "./acting/act.ts";
import { presentReading } from "./inbox/present.ts";
import { findReading, type InboundSource, lockStored, selectPhrases } from "./queries.ts";
import { readSafely } from "./reading/read-safely.ts";
import type { Reader } from "./reading/reader.ts";
import { storeMessage } from "./store-message.ts";

/**
 * Keeps, reads and acts on one message in the caller's transaction, and tells
 * what was done: for those who hand over a message and want the answer at once.
 * One that came before is not acted on again; its first reading is told.
 */
export async function receiveMail(tx: Tx, reader: Reader, raw: Buffer, source: InboundSource) {
  const { id, repeated } = await storeMessage(tx, { source, raw });
  const stored = await lockStored(tx, id);
  if (!stored) return { ...(await findReading(tx, id)), id, repeated };
  const understanding = await readSafely(reader, {
    raw,
    phrases: await selectPhrases(tx),
    receivedAt: stored.received_at,
  });
  const { state, subject, did } = await act(tx, stored, understanding);
  return {
    ...presentReading(understanding, did),
    id,
    repeated,
    state,
    contact_id: subject.contactId,
    message_id: subject.message?.id ?? null,
  };
}
