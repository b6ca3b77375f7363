import { sql } from "kysely";
import type { SystemTx, Tx } from "../../../kernel/database/index.ts";
import type { BounceClass, DeliveryEvent, DeliveryKind } from "./contract.ts";

export type StoredKind = DeliveryKind | "unreadable";

/** An event as it is stored. */
export interface EventRow {
  provider: string;
  event_id: string;
  account_id: string;
  kind: StoredKind;
  channel: DeliveryEvent["channel"];
  at: Date;
  bounce: BounceClass | null;
  key: string | null;
  message_id: string | null;
  code: string;
  /** What may name a person; null once that was erased. */
  payload: Record<string, unknown> | null;
}

/**
 * Stores events; one that is there already, or whose nonce was used before, is
 * left as it is. Returns the ids of those that are new. In the order of their
 * ids, so that two that store the same events never wait for each other in a circle.
 */
export async function insertEvents(
  tx: Tx,
  events: readonly (EventRow & { nonce: string | null })[],
): Promise<Set<string>> {
  const { rows } = await sql<{ event_id: string }>`
    INSERT INTO provider_event (workspace_id, provider, event_id, account_id, kind, channel, at, bounce, key, message_id, code, payload, nonce, applied_at)
    SELECT ${tx.workspaceId}, e.*, CASE WHEN e.kind = 'unreadable' THEN now() END
    FROM unnest(
      ${events.map((e) => e.provider)}::text[], ${events.map((e) => e.event_id)}::text[], ${events.map((e) => e.account_id)}::uuid[],
      ${events.map((e) => e.kind)}::text[], ${events.map((e) => e.channel)}::text[], ${events.map((e) => e.at)}::timestamptz[],
      ${events.map((e) => e.bounce)}::text[], ${events.map((e) => e.key)}::uuid[], ${events.map((e) => e.message_id)}::uuid[],
      ${events.map((e) => e.code)}::text[], ${events.map((e) => JSON.stringify(e.payload))}::jsonb[], ${events.map((e) => e.nonce)}::text[])
      AS e(provider, event_id, account_id, kind, channel, at, bounce, key, message_id, code, payload, nonce)
    ORDER BY e.provider, e.event_id
    ON CONFLICT DO NOTHING RETURNING event_id`.execute(tx);
  return new Set(rows.map((row) => row.event_id));
}

/** Takes events that wait to take effect, locked; those that somebody else has taken are passed over. */
export async function takePending(tx: Tx, limit: number): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    SELECT provider, event_id, account_id, kind, channel, at, bounce, key, message_id, code, payload
    FROM provider_event
    WHERE workspace_id = ${tx.workspaceId} AND applied_at IS NULL AND try_at <= clock_timestamp()
    ORDER BY try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`.execute(tx);
  return rows;
}

export async function markApplied(
  tx: Tx,
  events: readonly Pick<EventRow, "provider" | "event_id">[],
): Promise<void> {
  await sql`
    UPDATE provider_event p SET applied_at = clock_timestamp()
    FROM unnest(${events.map((e) => e.provider)}::text[], ${events.map((e) => e.event_id)}::text[]) AS e(provider, event_id)
    WHERE p.workspace_id = ${tx.workspaceId} AND p.provider = e.provider AND p.event_id = e.event_id`.execute(
    tx,
  );
}

/** Events that could not take effect yet: tried again after a second, then two, four, at most five minutes. */
export async function postpone(
  tx: Tx,
  events: readonly Pick<EventRow, "provider" | "event_id">[],
): Promise<void> {
  await sql`
    UPDATE provider_event p SET tries = p.tries + 1, try_at = clock_timestamp() + make_interval(secs => least(2 ^ p.tries, 300))
    FROM unnest(${events.map((e) => e.provider)}::text[], ${events.map((e) => e.event_id)}::text[]) AS e(provider, event_id)
    WHERE p.workspace_id = ${tx.workspaceId} AND p.provider = e.provider AND p.event_id = e.event_id`.execute(
    tx,
  );
}

/** Workspaces in which an event waits whose time has come. */
export async function workspacesWithPending(tx: SystemTx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM workspace w
    WHERE EXISTS (SELECT 1 FROM provider_event e
                  WHERE e.workspace_id = w.workspace_id AND e.applied_at IS NULL AND e.try_at <= now())`.execute(
    tx,
  );
  return rows.map((row) => row.workspace_id);
}

/** For each of these, whether its address was heard of with one of these kinds at a later time. */
export async function heardLater(
  tx: Tx,
  events: readonly { key: string; at: Date }[],
  what: { kind: DeliveryKind; bounce: BounceClass | null },
): Promise<boolean[]> {
  const { rows } = await sql<{ later: boolean }>`
    SELECT EXISTS (SELECT 1 FROM provider_event p
                   WHERE p.workspace_id = ${tx.workspaceId} AND p.key = e.key AND p.at > e.at
                     AND p.kind = ${what.kind} AND p.bounce IS NOT DISTINCT FROM ${what.bounce}) AS later
    FROM unnest(${events.map((e) => e.key)}::uuid[], ${events.map((e) => e.at)}::timestamptz[]) WITH ORDINALITY AS e(key, at, n)
    ORDER BY e.n`.execute(tx);
  return rows.map((row) => row.later);
}
