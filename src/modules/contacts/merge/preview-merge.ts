import type { Database } from "../../../kernel/database/index.ts";
import { type Caller, rfc3339 } from "../../../kernel/http/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { type ContactParts, presentContact } from "../present.ts";
import { mergeContacts } from "./merge-contacts.ts";

/** Carries what the merge would give out of the transaction that must not commit. */
class RolledBack<T> extends Error {
  readonly preview: T;
  constructor(preview: T) {
    super("rolled back");
    this.preview = preview;
  }
}

/** Merges and rolls back: the preview is the merge itself, so the two cannot disagree. */
export async function previewMerge(
  db: Database,
  caller: Caller,
  parts: ContactParts,
  who: { winnerId: string; loserId: string },
) {
  try {
    return await db.inWorkspace(caller.workspaceId, async (tx) => {
      const merged = await mergeContacts(tx, {
        ...who,
        viewer: caller,
        actor: actorOf(caller),
        afterAddressChange: parts.afterAddressChange,
      });
      throw new RolledBack({
        contact: await presentContact(tx, parts, merged.contact),
        filled: merged.filled,
        effects: merged.effects,
        until: rfc3339(merged.until),
      });
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.preview;
    throw error;
  }
}
