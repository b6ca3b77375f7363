import type { Tx } from "../../kernel/database/index.ts";
import { type Merge, movedBy, noteMoved } from "../contacts/index.ts";
import { type MovedItems, moveLinkedItems, moveLinkedItemsBack } from "./move-linked-items.ts";

const what = "linked_items";

/** A merge: everything that hangs on the loser hangs on the winner. */
export async function moveItemsToWinner(tx: Tx, merge: Merge): Promise<void> {
  const { mergeId, winnerId, loserId, effects } = merge;
  const moved = await moveLinkedItems(tx, { from: loserId, to: winnerId });
  await noteMoved(tx, mergeId, what, [{ id: loserId, detail: { ...moved } }]);
  effects.linked_items =
    moved.notes.length +
    moved.tasks.length +
    moved.conversations.length +
    moved.opportunities.length +
    moved.appointments.moved.length +
    moved.appointments.given_up.length;
}

/** The merge is taken apart: what it moved hangs on the loser again; what came since stays. */
export async function giveItemsBack(tx: Tx, { mergeId, winnerId, loserId }: Merge): Promise<void> {
  for (const { detail } of await movedBy(tx, mergeId, what)) {
    const moved = detail as unknown as MovedItems;
    await moveLinkedItemsBack(tx, { from: loserId, to: winnerId, moved });
  }
}
