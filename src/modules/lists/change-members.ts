import type { Tx } from "../../kernel/database/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { deleteMembers, insertMembers } from "./queries.ts";
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
  return { added, excluded, already: contactIds.length - added - excluded.length };
}

/** Adds as an act of its own, with its entry in the ledger. */
export async function addToList(
  tx: Tx,
  act: { listId: string; contactIds: readonly string[]; actor: Actor },
): Promise<Added> {
  const result = await addMembers(tx, act.listId, act.contactIds);
  if (result.added > 0) {
    await record(tx, {
      act: "list.members_added",
      actor: act.actor,
      subjectId: act.listId,
      detail: { added: result.added, already: result.already, excluded: result.excluded.length },
    });
  }
  return result;
}

/** Takes contacts off a list; they may be added again. Answers how many were on it. */
export async function removeFromList(
  tx: Tx,
  act: { listId: string; contactIds: readonly string[]; actor: Actor },
): Promise<number> {
  await requireHeld(tx, act.listId, "to_add");
  const removed = await deleteMembers(tx, act.listId, act.contactIds);
  if (removed > 0) {
    await record(tx, {
      act: "list.members_removed",
      actor: act.actor,
      subjectId: act.listId,
      detail: { removed },
    });
  }
  return removed;
}
