import type { Database } from "../../kernel/database/index.ts";
import { isHeedError, messageOf } from "../../kernel/errors.ts";
import { act } from "./acting/act.ts";
import {
  findStored,
  lockStored,
  noteFailedReading,
  selectPhrases,
  unreadMessages,
} from "./queries.ts";
import { readSafely } from "./reading/read-safely.ts";
import type { Reader } from "./reading/reader.ts";
import type { Understanding } from "./understanding.ts";

/** After so many failed tries a message waits for a person. */
const mostAttempts = 5;
/** Messages acted on at the same time: reading is done by one thread, the rest is the database's. */
const atOnce = 4;

/**
 * Reads what is stored and not read yet, in every workspace, and acts on it.
 * Returns how many it took. A message that fails is tried again with the next
 * call, five times in all.
 */
export async function takeStored(db: Database, reader: Reader, limit = 200): Promise<number> {
  const unread = await db.asSystem((tx) => unreadMessages(tx, limit));
  let taken = 0;
  const lane = async () => {
    for (let next = unread.shift(); next; next = unread.shift()) {
      if (await takeOne(db, reader, next.workspace_id, next.id)) taken++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return taken;
}

/** Reads one message, and acts on it in a transaction of its own; keeps why when that fails. True when it was taken. */
async function takeOne(
  db: Database,
  reader: Reader,
  workspaceId: string,
  id: string,
): Promise<boolean> {
  try {
    const understanding = await read(db, reader, workspaceId, id);
    return understanding !== null && (await committed(db, workspaceId, id, understanding));
  } catch (error) {
    // Its own message is being handed over at this moment: the next round finds the outcome.
    if (isHeedError(error) && error.code === "message_under_way") return false;
    db.log.warn({ err: messageOf(error), inbound: id }, "acting on mail failed");
    await db.inWorkspace(workspaceId, async (tx) => {
      const stored = await lockStored(tx, id);
      if (!stored) return;
      await noteFailedReading(tx, id, {
        because: `acting on it failed (${messageOf(error)})`,
        final: stored.attempts + 1 >= mostAttempts,
      });
    });
    return false;
  }
}

async function read(
  db: Database,
  reader: Reader,
  workspaceId: string,
  id: string,
): Promise<Understanding | null> {
  const question = await db.inWorkspace(workspaceId, async (tx) => {
    const stored = await findStored(tx, id);
    return (
      stored && {
        raw: stored.raw,
        phrases: await selectPhrases(tx),
        receivedAt: stored.received_at,
      }
    );
  });
  return question ? readSafely(reader, question) : null;
}

/** Acts; resolves at the commit, before the waits that acknowledge its stops: nobody is answered here. */
function committed(
  db: Database,
  workspaceId: string,
  id: string,
  understanding: Understanding,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    db.inWorkspace(workspaceId, async (tx) => {
      const stored = await lockStored(tx, id);
      tx.afterCommit(async () => resolve(stored !== undefined));
      if (stored) await act(tx, stored, understanding);
    }).catch(reject); // says nothing any more when it comes after the commit
  });
}
