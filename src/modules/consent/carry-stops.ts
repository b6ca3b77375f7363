import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Merge } from "../contacts/index.ts";
import { type Carrying, carriedStops } from "./carry-queries.ts";
import { makeStops } from "./make-stop.ts";

/**
 * A merge: what stands on the loser stands on the winner as well, and on every address the loser
 * had, so that it holds whoever has that address later (S5). What somebody said about an address
 * (not what its mailbox answered) holds for the winner's own address too.
 */
export async function carryStops(tx: Tx, merge: Merge): Promise<void> {
  merge.effects.stops_carried = await carry(tx, merge, merge.loserId, merge.winnerId);
}

/** A merge is taken apart: what was stopped meanwhile holds for both. */
export async function carryStopsBack(tx: Tx, merge: Merge): Promise<void> {
  merge.effects.stops_carried = await carry(tx, merge, merge.winnerId, merge.loserId);
}

async function carry(tx: Tx, { mergeId, actor }: Merge, from: string, to: string): Promise<number> {
  const stops = await carriedStops(tx, { from, to });
  const { added } = await makeStops(
    tx,
    stops.map((stop: Carrying) => ({
      id: newId(),
      kind: stop.kind,
      cause: stop.cause,
      subject_type: stop.subject_type,
      subject: stop.subject,
      channel: stop.channel,
      topic_id: stop.topic_id,
      campaign_id: stop.campaign_id,
      direction: stop.direction,
      actor_type: actor.type,
      actor_id: actor.id,
      contact_id: to,
      address: stop.address,
      because: stop.because,
      evidence: { merge_id: mergeId, carried_from: stop.stop_id },
    })),
  );
  return added.length;
}
