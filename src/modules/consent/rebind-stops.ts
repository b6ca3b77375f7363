import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Actor } from "../ledger/index.ts";
import { makeStops } from "./make-stop.ts";
import { stopsToRebind } from "./queries.ts";

/**
 * Binds every stop that stands on these contacts to all of their addresses as well, before they
 * leave (delete, purge, erase, merge): whoever is created again with one of the addresses is
 * stopped from birth (S6). Repeating it adds nothing. Answers how many it added.
 */
export async function rebindStops(
  tx: Tx,
  contactIds: readonly string[],
  actor: Actor,
): Promise<number> {
  const bound = await stopsToRebind(tx, contactIds);
  if (bound.length === 0) return 0;
  const { added } = await makeStops(
    tx,
    bound.map((stop) => ({
      id: newId(),
      kind: stop.kind,
      cause: stop.cause,
      subject_type: "address" as const,
      subject: stop.key,
      channel: stop.channel,
      topic_id: stop.topic_id,
      campaign_id: stop.campaign_id,
      direction: stop.direction,
      actor_type: actor.type,
      actor_id: actor.id,
      contact_id: stop.contact_id,
      address: stop.address,
      because: stop.because,
      evidence: { rebound_from: stop.stop_id },
    })),
  );
  return added.length;
}
