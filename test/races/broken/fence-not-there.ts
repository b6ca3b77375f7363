import { sql } from "kysely";
import { decideBatch, markClaimed } from "../../../src/modules/sending/claim-queries.ts";
import { insertMessages } from "../../../src/modules/sending/queries.ts";
import { type ClaimForm, pauses } from "../support/duel.ts";
import { slowly } from "../support/slowly.ts";
import { claimed } from "./claimed.ts";

/** Broken: locks the fences that are there. Of one that is not, FOR SHARE locks nothing, and a stop makes it at will. */
export const fenceNotThere: ClaimForm = {
  queue: (stage, message) =>
    stage.db.inWorkspace(
      stage.workspaceId,
      async (tx) => void (await insertMessages(tx, [message])),
    ),
  claim: (stage, message) =>
    stage.db.inWorkspace(stage.workspaceId, async (fast) => {
      const tx = slowly(fast, pauses);
      await sql`
        SELECT counter FROM fence WHERE subject IN (${message.contact_id}, ${message.key})
        ORDER BY subject FOR SHARE`.execute(tx);
      const purpose = { channel: message.channel, topicId: null, campaignId: null };
      const [decision] = await decideBatch(tx, purpose, [message.contact_id as string]);
      if (decision?.refusals === 0) await markClaimed(tx, message.id, [claimed(message)]);
    }),
};
