import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { BreakerFigures, TripReason } from "./rules.ts";

/** One thing that a message of an account met. `refused` is a hard bounce at the hand-over. */
export interface Counted {
  account_id: string;
  /** When the message was handed over. */
  at: Date;
  what: "accepted" | "refused" | "hard_bounced" | "complained";
}

/** Counts in one statement, in one order, so that two adders never deadlock. The sink's are left out: nothing of it leaves. */
export async function addToDays(tx: Tx, counted: readonly Counted[]): Promise<void> {
  await sql`
    INSERT INTO account_day AS d (workspace_id, account_id, day, accepted, refused, hard_bounces, complaints)
    SELECT ${tx.workspaceId}, c.account_id, (c.at AT TIME ZONE 'UTC')::date,
      count(*) FILTER (WHERE c.what = 'accepted'), count(*) FILTER (WHERE c.what = 'refused'),
      count(*) FILTER (WHERE c.what IN ('refused', 'hard_bounced')), count(*) FILTER (WHERE c.what = 'complained')
    FROM unnest(${counted.map((c) => c.account_id)}::uuid[], ${counted.map((c) => c.at)}::timestamptz[],
                ${counted.map((c) => c.what)}::text[]) AS c(account_id, at, what)
    JOIN sending_account a ON a.id = c.account_id AND a.provider <> 'sink'
    LEFT JOIN account_breaker b ON b.account_id = c.account_id
    WHERE b.counted_from IS NULL OR c.at >= b.counted_from
    GROUP BY 2, 3 ORDER BY 2, 3
    ON CONFLICT (workspace_id, account_id, day) DO UPDATE SET
      accepted = d.accepted + excluded.accepted, refused = d.refused + excluded.refused,
      hard_bounces = d.hard_bounces + excluded.hard_bounces, complaints = d.complaints + excluded.complaints`.execute(
    tx,
  );
}

export interface BreakerRow extends BreakerFigures {
  account_id: string;
  tripped_at: Date | null;
  tripped_because: TripReason | null;
}

/** The breakers of these accounts, with the figures of today (UTC) and the days before it. */
export async function selectBreakers(
  tx: Tx,
  accountIds: readonly string[],
  days: number,
): Promise<BreakerRow[]> {
  const { rows } = await sql<BreakerRow>`
    SELECT a.id AS account_id, b.tripped_at, b.tripped_because,
      coalesce(sum(d.accepted), 0) AS accepted, coalesce(sum(d.refused), 0) AS refused,
      coalesce(sum(d.hard_bounces), 0) AS hard_bounces, coalesce(sum(d.complaints), 0) AS complaints
    FROM unnest(${[...accountIds]}::uuid[]) AS a(id)
    LEFT JOIN account_breaker b ON b.account_id = a.id
    LEFT JOIN account_day d ON d.account_id = a.id AND d.day > (now() AT TIME ZONE 'UTC')::date - ${days}::int
    GROUP BY a.id, b.tripped_at, b.tripped_because`.execute(tx);
  return rows;
}

/** Holds the breaker, so that a trip and a reset come one after the other. */
export async function lockBreaker(tx: Tx, accountId: string): Promise<void> {
  await sql`
    INSERT INTO account_breaker (workspace_id, account_id) VALUES (${tx.workspaceId}, ${accountId})
    ON CONFLICT (workspace_id, account_id) DO NOTHING`.execute(tx);
  await sql`SELECT 1 FROM account_breaker WHERE account_id = ${accountId} FOR UPDATE`.execute(tx);
}

export async function markTripped(tx: Tx, accountId: string, because: TripReason): Promise<void> {
  await sql`
    UPDATE account_breaker SET tripped_at = now(), tripped_because = ${because} WHERE account_id = ${accountId}`.execute(
    tx,
  );
}

/** Clears the breaker and what was counted. Days in one order, as the adders lock them. */
export async function clearBreaker(tx: Tx, accountId: string): Promise<void> {
  await sql`
    UPDATE account_breaker SET tripped_at = NULL, tripped_because = NULL, counted_from = clock_timestamp()
    WHERE account_id = ${accountId}`.execute(tx);
  await sql`
    WITH held AS (SELECT day FROM account_day WHERE account_id = ${accountId} ORDER BY day FOR UPDATE)
    DELETE FROM account_day WHERE account_id = ${accountId} AND day IN (SELECT day FROM held)`.execute(
    tx,
  );
}

/** Which of these accounts' breakers have tripped, and why. */
export async function trippedAmong(
  tx: Tx,
  accountIds: readonly string[],
): Promise<{ account_id: string; name: string; because: TripReason }[]> {
  const { rows } = await sql<{ account_id: string; name: string; because: TripReason }>`
    SELECT b.account_id, a.name, b.tripped_because AS because
    FROM account_breaker b JOIN sending_account a ON a.id = b.account_id
    WHERE b.account_id = ANY(${[...accountIds]}::uuid[]) AND b.tripped_at IS NOT NULL ORDER BY b.account_id`.execute(
    tx,
  );
  return rows;
}
