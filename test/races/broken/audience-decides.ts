import { decideBatch, markClaimed } from "../../../src/modules/sending/claim-queries.ts";
import { queueMessages } from "../../../src/modules/sending/index.ts";
import { type ClaimForm, pauses } from "../support/duel.ts";
import { slowly } from "../support/slowly.ts";
import { claimed } from "./claimed.ts";

/**
 * Broken: asks the gate when the audience is built and trusts the queue from then on. A stop
 * in between finds no message to cancel yet, or one that the claim does not ask about again.
 */
export const audienceDecides: ClaimForm = {
  queue: (stage, message) =>
    stage.db.inWorkspace(stage.workspaceId, async (fast) => {
      const tx = slowly(fast, pauses);
      const purpose = { channel: message.channel, topicId: null, campaignId: null };
      const [decision] = await decideBatch(tx, purpose, [message.contact_id as string]);
      if (decision?.refusals === 0) await queueMessages(tx, [message]);
    }),
  async claim(stage, message) {
    const { rows } = await stage.db.pool.query(
      "SELECT FROM message WHERE id = $1 AND state = 'queued'",
      [message.id],
    );
    if (rows.length === 0) return;
    await stage.db.inWorkspace(stage.workspaceId, (tx) =>
      markClaimed(tx, message.id, [claimed(message)]),
    );
  },
};
