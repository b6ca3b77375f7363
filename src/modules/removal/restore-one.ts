import type { Database } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { holdPerformer, type Performer } from "./performer.ts";
import { type OnConflict, type Outcome, type RemovalParts, restoreBatch } from "./restore-batch.ts";
import { retrying } from "./retrying.ts";

/**
 * Brings one contact back at once. Throws `not_found` when it is not in the bin, `window_ended`,
 * and `address_taken` naming the contact that has its address by now.
 */
export async function restoreOne(
  db: Database,
  parts: RemovalParts,
  act: { workspaceId: string; contactId: string; onConflict: OnConflict; by: Performer; now: Date },
): Promise<Outcome> {
  return retrying(() =>
    db.inWorkspace(act.workspaceId, async (tx) => {
      const by = await holdPerformer(tx, act.by, "contacts.restore");
      const how = { by, onConflict: act.onConflict, now: act.now, deletionId: null };
      const [outcome] = await restoreBatch(tx, parts, [act.contactId], how);
      if (!outcome || outcome.outcome === "not_in_bin")
        throw new HeedError("not_found", "There is no such contact in the bin.");
      if (outcome.outcome === "window_ended")
        throw new HeedError("window_ended", "The time in which it could be restored has ended.");
      if (outcome.outcome === "address_taken") {
        throw new HeedError(
          "address_taken",
          parts.mergeContacts
            ? "Another contact has its address by now. Merge the two, or leave it in the bin: both cannot be kept."
            : "Another contact has its address by now, so it stays in the bin: both cannot be kept.",
          { contact_id: outcome.other_contact_id },
        );
      }
      return outcome;
    }),
  );
}
