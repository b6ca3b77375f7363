import type { Tx } from "../../kernel/database/index.ts";
import { type Merge, movedBy, noteMoved } from "../contacts/index.ts";
import { moveMessages } from "./merge-queries.ts";

/** A merge: what was sent to the loser is the winner's history. What is still on its way ends where it is. */
export async function moveMessagesToWinner(tx: Tx, merge: Merge): Promise<void> {
  const { mergeId, winnerId, loserId, effects } = merge;
  const moved = await moveMessages(tx, { from: loserId, to: winnerId, ids: null });
  await noteMoved(
    tx,
    mergeId,
    "message",
    moved.map((id) => ({ id })),
  );
  effects.messages = moved.length;
}

export async function giveMessagesBack(tx: Tx, merge: Merge): Promise<void> {
  const noted = await movedBy(tx, merge.mergeId, "message");
  const ids = noted.map((each) => each.id);
  await moveMessages(tx, { from: merge.winnerId, to: merge.loserId, ids });
}
