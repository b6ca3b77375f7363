import type { Tx } from "../../kernel/database/index.ts";
import { type Merge, movedBy, noteMoved } from "../contacts/index.ts";
import { reopenCampaign } from "./campaign-queries.ts";
import { endAsMerged, followUpsOf, giveFollowUps, pauseReturned } from "./merge-queries.ts";
import { onContactStopped } from "./reactions.ts";
import { withdrawQueued } from "./withdraw-queued.ts";

/**
 * A merge: the loser's follow-ups go on as the winner's, but where both are in one campaign the
 * winner's goes on alone, so that nobody is written to twice. What is queued to the loser is taken
 * back, and goes to the winner's address when its turn comes.
 */
export async function moveFollowUpsToWinner(tx: Tx, merge: Merge): Promise<void> {
  const { mergeId, winnerId, loserId, effects } = merge;
  const followUps = await followUpsOf(tx, loserId, winnerId);
  await withdrawQueued(tx, { followUpIds: followUps.map((each) => each.id) });
  const moved = followUps.filter((each) => !each.winner_has_one);
  const ended = followUps.filter((each) => each.winner_has_one && each.is_open);
  await giveFollowUps(
    tx,
    moved.map((each) => each.id),
    winnerId,
  );
  await endAsMerged(
    tx,
    ended.map((each) => each.id),
  );
  await noteMoved(tx, mergeId, "follow_up", moved);
  await noteMoved(tx, mergeId, "follow_up_ended", ended);
  effects.follow_ups_moved = moved.length;
  effects.follow_ups_ended = ended.length;
  await onContactStopped(tx, [winnerId]);
}

/** The merge is taken apart: the loser's follow-ups come back, paused until a person continues them. */
export async function giveFollowUpsBack(tx: Tx, merge: Merge): Promise<void> {
  const moved = (await movedBy(tx, merge.mergeId, "follow_up")).map((each) => each.id);
  const ended = (await movedBy(tx, merge.mergeId, "follow_up_ended")).map((each) => each.id);
  await withdrawQueued(tx, { followUpIds: moved });
  await giveFollowUps(tx, moved, merge.loserId);
  for (const campaignId of await pauseReturned(tx, [...moved, ...ended])) {
    await reopenCampaign(tx, campaignId);
  }
}
