import { type Database, isDatabaseFault } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import type { SendingAccount } from "./account.ts";
import type { Composer, Letter, Links } from "./composer.ts";
import type { ClaimedMessage } from "./message.ts";
import type { Outcome } from "./record-outcomes.ts";

/** Writes one claimed message; throws for one that cannot be written. */
export type Write = (message: ClaimedMessage, links: Links) => Letter;

export const nothing: Write = () => {
  throw new Error("no message was claimed");
};

/**
 * Reads what the letters of claimed messages need. Where that fails for a batch of
 * several campaigns, each is read by itself: content that cannot be prepared fails
 * its own messages, and is in nobody else's way.
 */
export async function prepare(
  db: Database,
  account: SendingAccount,
  composer: Composer,
  messages: readonly ClaimedMessage[],
): Promise<Write> {
  try {
    return await db.inWorkspacePrepared(account.workspace_id, (tx) =>
      composer.prepare(tx, account, messages),
    );
  } catch (error) {
    const groups = new Map<string | null, ClaimedMessage[]>();
    for (const message of messages) {
      const group = groups.get(message.campaign_id);
      if (group) group.push(message);
      else groups.set(message.campaign_id, [message]);
    }
    if (groups.size === 1) {
      return () => {
        throw error;
      };
    }
    const writes = new Map<string | null, Write>();
    for (const [campaignId, group] of groups) {
      writes.set(campaignId, await prepare(db, account, composer, group));
    }
    return (message, links) => (writes.get(message.campaign_id) ?? nothing)(message, links);
  }
}

/** What comes of a message that could not be written: tried again when the database was out of reach, else it cannot be sent. */
export function notWritten(error: unknown): Outcome["result"] {
  const said = messageOf(error);
  return isDatabaseFault(error)
    ? { outcome: "temporary", at: "connection", code: "database", response: said }
    : { outcome: "unsendable", because: said };
}
