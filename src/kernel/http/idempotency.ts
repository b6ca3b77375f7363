import { sql } from "kysely";
import type { Tx } from "../database/index.ts";
import { HeedError } from "../errors.ts";

/**
 * Runs `act` once per (actor, key) for 24 hours: a repetition with the same
 * body gets the first answer (or what `again` makes of it), with another body 409. The answer is stored in
 * the act's own transaction, so either both stand or neither does.
 */
export async function answerOnce<T>(
  tx: Tx,
  request: { actorId: string; key: string; digest: string },
  act: () => Promise<T>,
  again: (answer: T) => Promise<T> = async (answer) => answer,
): Promise<T> {
  if (request.key.length > 200) {
    throw new HeedError("bad_request", "An Idempotency-Key has at most 200 characters.");
  }
  await sql`
    DELETE FROM idempotent_answer
    WHERE actor_id = ${request.actorId} AND key = ${request.key} AND created_at < now() - interval '24 hours'`.execute(
    tx,
  );
  // The insert waits for a concurrent request with the same key, then yields to it.
  const claimed = await sql`
    INSERT INTO idempotent_answer (workspace_id, actor_id, key, request_digest, status)
    VALUES (${tx.workspaceId}, ${request.actorId}, ${request.key}, ${request.digest}, 0)
    ON CONFLICT DO NOTHING RETURNING key`.execute(tx);
  if (claimed.rows.length === 0) {
    const { rows } = await sql<{ request_digest: string; body: T }>`
      SELECT request_digest, body FROM idempotent_answer
      WHERE actor_id = ${request.actorId} AND key = ${request.key}`.execute(tx);
    if (rows[0]?.request_digest !== request.digest) {
      throw new HeedError(
        "idempotency_mismatch",
        "This Idempotency-Key was used for another request. Use a new key for each new act.",
      );
    }
    return again(rows[0].body);
  }
  const answer = await act();
  await sql`
    UPDATE idempotent_answer SET body = ${JSON.stringify(answer ?? null)}::jsonb, status = 200
    WHERE actor_id = ${request.actorId} AND key = ${request.key}`.execute(tx);
  return answer;
}

/** Takes away answers that are too old to be given again. */
export async function deleteOldAnswers(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql`
    DELETE FROM idempotent_answer WHERE workspace_id = ${tx.workspaceId} AND (actor_id, key) IN (
      SELECT actor_id, key FROM idempotent_answer WHERE created_at < now() - interval '24 hours' LIMIT ${limit})
    RETURNING 1`.execute(tx);
  return rows.length;
}
