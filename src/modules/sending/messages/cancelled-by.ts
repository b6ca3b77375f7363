import type { Tx } from "../../../kernel/database/index.ts";
import { type PastStop, stopsInForce } from "../history/stop-queries.ts";
import type { MessageRecord } from "./queries.ts";

/**
 * The stops that took a message back: those that stood against it when it was
 * cancelled. None for one that was cancelled for another reason.
 */
export async function cancelledBy(tx: Tx, message: MessageRecord): Promise<PastStop[]> {
  if (message.state !== "cancelled" || message.finished_at === null) return [];
  const standing = await stopsInForce(tx, {
    contactId: message.contact_id,
    subjects: [message.key],
    at: message.finished_at,
    channel: message.channel,
    topicId: message.topic_id,
    campaignId: message.campaign_id,
  });
  return standing.filter(
    (stop) => stop.stop_id === message.stop_id || (stop.refusal & (message.refusals ?? 0)) !== 0,
  );
}
