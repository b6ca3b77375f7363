import type { Tx } from "../../kernel/database/index.ts";
import { makeFences } from "./fence-queries.ts";
import type { NewMessage } from "./message.ts";
import { insertMessages } from "./queries.ts";

/** Puts messages into the outbox and makes the fences they will stand behind. Returns the ids that were added. */
export async function queueMessages(tx: Tx, messages: readonly NewMessage[]): Promise<string[]> {
  if (messages.length === 0) return [];
  await makeFences(tx, [
    tx.workspaceId,
    ...messages.flatMap((m) => [m.contact_id ?? m.key, m.key]),
  ]);
  return insertMessages(tx, messages);
}
