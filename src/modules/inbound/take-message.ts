import type { Database, Tx } from "../../kernel/database/index.ts";
import { isHeedError, messageOf } from "../../kernel/errors.ts";
import { act, type Reading } from "./acting/act.ts";
import { lockStored, noteFailedReading, selectPhrases, unreadMessages } from "./queries.ts";
import { readSafely } from "./reading/read-safely.ts";
import type { Reader } from "./reading/reader.ts";
import type { Understanding } from "./understanding.ts";

/** After so many failed tries a message waits for a person. */
const mostAttempts = 5;

/** What was understood of a stored message and done about it. */
export interface Taken {
  understanding: Understanding;
  reading: Reading;
}

/**
 * Reads one stored message and acts on it, in the caller's transaction. Null
 * when another worker has it or it was read already.
 * Whatever acting throws leaves the message stored.
 */
export async function takeMessage(tx: Tx, reader: Reader, id: string): Promise<Taken | null> {
  const stored = await lockStored(tx, id);
  if (!stored) return null;
  const understanding = await readSafely(reader, {
    raw: stored.raw,
    phrases: await selectPhrases(tx),
    receivedAt: stored.received_at,
  });
  return { understanding, reading: await act(tx, stored, understanding) };
}

/**
 * Reads what is stored and not read yet, in every workspace. Returns how many it
 * took. A message that fails is tried again with the next call, five times in all.
 */
export async function takeStored(db: Database, reader: Reader, limit = 100): Promise<number> {
  const unread = await db.asSystem((tx) => unreadMessages(tx, limit));
  let taken = 0;
  for (const { workspace_id, id } of unread) {
    if (await takeOne(db, reader, workspace_id, id)) taken++;
  }
  return taken;
}

/** Reads one message in a transaction of its own; keeps why when that fails. */
export async function takeOne(
  db: Database,
  reader: Reader,
  workspaceId: string,
  id: string,
): Promise<Taken | null> {
  try {
    return await db.inWorkspace(workspaceId, (tx) => takeMessage(tx, reader, id));
  } catch (error) {
    // Its own message is being handed over at this moment: the next round finds the outcome.
    if (isHeedError(error) && error.code === "message_under_way") return null;
    db.log.warn({ err: messageOf(error), inbound: id }, "acting on mail failed");
    await db.inWorkspace(workspaceId, async (tx) => {
      const stored = await lockStored(tx, id);
      if (!stored) return;
      await noteFailedReading(tx, id, {
        because: `acting on it failed (${messageOf(error)})`,
        final: stored.attempts + 1 >= mostAttempts,
      });
    });
    return null;
  }
}
