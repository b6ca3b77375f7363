import type { Tx } from "../../kernel/database/index.ts";
import { type Merge, movedBy, noteMoved } from "../contacts/index.ts";
import { type MovedItems, moveLinkedItems, moveLinkedItemsBack } from "./move-linked-items.ts";

/** A merge: notes, tasks, appointments, conversations and opportunities of the loser hang on the winner. */
export async function moveLinkedToWinner(tx: Tx, merge: Merge): Promise<void> {
  const { mergeId, winnerId, loserId, effects } = merge;
  const moved = await moveLinkedItems(tx, { from: loserId, to: winnerId });
  await noteMoved(tx, mergeId, "linked_items", [{ id: mergeId, detail: { ...moved } }]);
  effects.linked_items =
    moved.notes.length +
    moved.tasks.length +
    moved.conversations.length +
    moved.opportunities.length +
    moved.appointments.moved.length;
}

/** The merge is taken apart: what came by it goes back, what came since stays. */
export async function giveLinkedBack(tx: Tx, { mergeId, winnerId, loserId }: Merge): Promise<void> {
  const [noted] = await movedBy(tx, mergeId, "linked_items");
  if (!noted) return;
  const moved = noted.detail as unknown as MovedItems;
  await moveLinkedItemsBack(tx, { from: loserId, to: winnerId, moved });
}
