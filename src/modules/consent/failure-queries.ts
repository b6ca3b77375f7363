import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Channel } from "../contacts/index.ts";

/** Records a temporary failure and returns how many the address had within the last `days`. */
export async function countFailure(
  tx: Tx,
  failure: { id: string; key: string; channel: Channel; code: string; days: number },
): Promise<number> {
  await sql`
    INSERT INTO delivery_failure (workspace_id, id, key, channel, code)
    VALUES (${tx.workspaceId}, ${failure.id}, ${failure.key}, ${failure.channel}, ${failure.code})`.execute(
    tx,
  );
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM delivery_failure
    WHERE key = ${failure.key} AND channel = ${failure.channel} AND at > now() - make_interval(days => ${failure.days})`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

/** Forgets the failures of these keys on this channel; returns the quarantines that stand on them. */
export async function forgetFailures(
  tx: Tx,
  keys: readonly string[],
  channel: Channel,
): Promise<string[]> {
  const { rows } = await sql<{ stop_id: string }>`
    WITH forgotten AS (
      DELETE FROM delivery_failure
      WHERE workspace_id = ${tx.workspaceId} AND channel = ${channel} AND key = ANY(${[...keys]}::uuid[]))
    SELECT stop_id FROM standing_stop
    WHERE kind = 'quarantine' AND channel = ${channel} AND subject = ANY(${[...keys]}::uuid[])`.execute(
    tx,
  );
  return rows.map((row) => row.stop_id);
}
