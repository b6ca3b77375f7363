import type { Tx } from "../../kernel/database/index.ts";
import { type Merge, movedBy, noteMoved } from "../contacts/index.ts";
import {
  deleteGained,
  exclusionsFrom,
  holdListsOf,
  leaveExcluded,
  membershipsFrom,
  rejoin,
} from "./merge-queries.ts";

/** A merge: the winner is a member where either was, and excluded where either was; exclusions win. */
export async function moveToWinner(tx: Tx, merge: Merge): Promise<void> {
  const { mergeId, winnerId, loserId, effects } = merge;
  await holdListsOf(tx, [winnerId, loserId]);
  const excluded = await exclusionsFrom(tx, loserId, winnerId);
  const left = await leaveExcluded(tx, winnerId);
  const joined = await membershipsFrom(tx, loserId, winnerId);
  await noteMoved(tx, mergeId, "list_exclusion", excluded);
  await noteMoved(tx, mergeId, "list_left", left);
  await noteMoved(tx, mergeId, "list_member", joined);
  effects.lists_joined = joined.length;
  effects.lists_left = left.length;
  effects.exclusions = excluded.length;
}

/** The merge is taken apart: the winner leaves what it joined by it; the loser has kept its own. */
export async function giveBackFromWinner(
  tx: Tx,
  { mergeId, winnerId, loserId }: Merge,
): Promise<void> {
  await holdListsOf(tx, [winnerId, loserId]);
  await deleteGained(tx, winnerId, {
    members: await movedBy(tx, mergeId, "list_member"),
    exclusions: await movedBy(tx, mergeId, "list_exclusion"),
  });
  await rejoin(tx, winnerId, await movedBy(tx, mergeId, "list_left"));
}
