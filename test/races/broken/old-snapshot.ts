import { sql } from "kysely";
import type { ClaimForm } from "../support/duel.ts";
import { pauses } from "../support/duel.ts";
import { queue } from "../support/stage.ts";

/**
 * Broken: an advisory lock in a transaction whose snapshot is older than the lock. Both
 * sides take the lock, and still the claim reads the stops as they were before it waited.
 */
export function oldSnapshot(isolation: "REPEATABLE READ" | "SERIALIZABLE"): ClaimForm {
  return {
    queue: async (stage, message) => void (await queue(stage, [message])),
    async beforeStop(tx, message) {
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${message.contact_id}, 0))`.execute(
        tx,
      );
    },
    async claim(stage, message) {
      const client = await stage.db.pool.connect();
      const ask = async (text: string, values: unknown[] = []) => {
        const { rows } = await client.query(text, values);
        await new Promise((wake) => setTimeout(wake, Math.random() * pauses));
        return rows;
      };
      try {
        await ask(`BEGIN ISOLATION LEVEL ${isolation}`);
        await ask(
          "SELECT set_config('role', 'heed_app', true), set_config('heed.workspace_id', $1, true)",
          [stage.workspaceId],
        );
        await ask("SELECT id FROM message WHERE id = $1 AND state = 'queued'", [message.id]);
        await ask("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [message.contact_id]);
        const [status] = await ask(
          "SELECT refusals FROM sending_status('email', NULL, NULL) WHERE workspace_id = $1 AND contact_id = $2",
          [stage.workspaceId, message.contact_id],
        );
        if (status?.refusals === 0) {
          await ask("UPDATE message SET state = 'claimed' WHERE id = $1", [message.id]);
        }
        await client.query("COMMIT");
      } catch (error) {
        await client.query("ROLLBACK");
        // SERIALIZABLE may end one of two; then nothing was claimed.
        if ((error as { code?: string }).code !== "40001") throw error;
      } finally {
        client.release();
      }
    },
  };
}
