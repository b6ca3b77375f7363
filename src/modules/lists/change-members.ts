import type { Tx } from "../../kernel/database/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { deleteMembers, insertMembers, type Membership } from "./queries.ts";
import { requireHeld } from "./require-list.ts";

export interface Added {
  added: number;
  /** Were members before. */
  already: number;
  /** Kept out by an exclusion, which no addition undoes. */
  excluded: string[];
}

/**
 * Puts contacts on a list, a whole set in one statement; the excluded stay out. The ids are of
 * contacts of the workspace, each given once. Records nothing: an import records itself.
 */
export async function addMembers(
  tx: Tx,
  listId: string,
  contactIds: readonly string[],
): Promise<Added> {
  await requireHeld(tx, listId, "to_add");
  const { added, excluded } = await insertMembers(tx, listId, contactIds);
  const already = contactIds.length - added.length - excluded.length;
  return { added: added.length, already, excluded };
}

/** Adds as an act of its own, with its entry in the ledger. Answers the new memberships. */
export async function addToList(
  tx: Tx,
  act: { listId: string; contactIds: readonly string[]; actor: Actor },
): Promise<Omit<Added, "added"> & { added: Membership[] }> {
  await requireHeld(tx, act.listId, "to_add");
  const { added, excluded } = await insertMembers(tx, act.listId, act.contactIds);
  const already = act.contactIds.length - added.length - excluded.length;
  if (added.length > 0) {
    await record(tx, {
      act: "list.members_added",
      actor: act.actor,
      subjectId: act.listId,
      detail: { added: added.length, already, excluded: excluded.length },
    });
  }
  return { added, already, excluded };
}

/** Takes contacts off a list; they may be added again. Answers the memberships that ended. */
export async function removeFromList(
  tx: Tx,
  act: { listId: string; contactIds: readonly string[]; actor: Actor },
): Promise<Membership[]> {
  await requireHeld(tx, act.listId, "to_add");
  const removed = await deleteMembers(tx, act.listId, act.contactIds);
  if (removed.length > 0) {
    await record(tx, {
      act: "list.members_removed",
      actor: act.actor,
      subjectId: act.listId,
      detail: { removed: removed.length },
    });
  }
  return removed;
}
