import { sql } from "kysely";
import { markClaimed } from "../../../src/modules/sending/claim-queries.ts";
import { type ClaimForm, pauses } from "../support/duel.ts";
import { slowly } from "../support/slowly.ts";
import { queue } from "../support/stage.ts";
import { claimed } from "./claimed.ts";

/**
 * Broken: asks the gate in the statement that locks the fence. The statement's snapshot
 * is older than the lock, so a stop that committed while it waited is not seen.
 */
export const checkWithTheLock: ClaimForm = {
  queue: async (stage, message) => void (await queue(stage, [message])),
  claim: (stage, message) =>
    stage.db.inWorkspace(stage.workspaceId, async (fast) => {
      const tx = slowly(fast, pauses);
      const { rows } = await sql<{ refusals: number }>`
        SELECT s.refusals FROM fence f
        CROSS JOIN LATERAL (SELECT refusals FROM sending_status('email', NULL, NULL) AS status
                            WHERE status.workspace_id = f.workspace_id AND status.contact_id = ${message.contact_id}) AS s
        WHERE f.subject IN (${message.contact_id}, ${message.key})
        ORDER BY f.subject FOR SHARE OF f`.execute(tx);
      if (rows.length === 2 && rows.every((row) => row.refusals === 0)) {
        await markClaimed(tx, message.id, [claimed(message)]);
      }
    }),
};
