import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Channel } from "../../contacts/index.ts";

/** What a consent event says. `lifted`: an unsubscribe was taken back. */
export type ConsentState = "opted_in" | "opted_out" | "implied" | "lifted";

export interface ConsentEvent {
  id: string;
  key: string;
  channel: Channel;
  topic_id: string | null;
  state: ConsentState;
  source: string;
  stop_id: string | null;
  evidence: Record<string, unknown>;
  actor_type: string;
  actor_id: string | null;
  expires_at: Date | null;
}

/** Adds to the history. */
export async function insertConsentEvents(tx: Tx, events: readonly ConsentEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`
    INSERT INTO consent_event (workspace_id, id, key, channel, topic_id, state, source, stop_id, evidence, actor_type, actor_id, expires_at)
    SELECT ${tx.workspaceId}, * FROM unnest(
      ${events.map((e) => e.id)}::uuid[], ${events.map((e) => e.key)}::uuid[], ${events.map((e) => e.channel)}::text[],
      ${events.map((e) => e.topic_id)}::uuid[], ${events.map((e) => e.state)}::text[], ${events.map((e) => e.source)}::text[],
      ${events.map((e) => e.stop_id)}::uuid[], ${events.map((e) => JSON.stringify(e.evidence))}::jsonb[],
      ${events.map((e) => e.actor_type)}::text[], ${events.map((e) => e.actor_id)}::uuid[], ${events.map((e) => e.expires_at)}::timestamptz[])`.execute(
    tx,
  );
}

/** Makes the consent hold for the gate. What is implied takes nothing from an opt-in. */
export async function upsertConsent(
  tx: Tx,
  event: ConsentEvent & { topic_id: string; state: "opted_in" | "implied" },
): Promise<void> {
  await sql`
    INSERT INTO consent AS c (workspace_id, key, channel, topic_id, state, expires_at, event_id)
    VALUES (${tx.workspaceId}, ${event.key}, ${event.channel}, ${event.topic_id}, ${event.state}, ${event.expires_at}, ${event.id})
    ON CONFLICT (workspace_id, key, channel, topic_id)
    DO UPDATE SET state = excluded.state, expires_at = excluded.expires_at, event_id = excluded.event_id
    WHERE NOT (c.state = 'opted_in' AND excluded.state = 'implied')`.execute(tx);
}

/** Every consent event of these keys, newest first. */
export async function consentHistory(
  tx: Tx,
  keys: readonly string[],
): Promise<(ConsentEvent & { at: Date })[]> {
  const { rows } = await sql<ConsentEvent & { at: Date }>`
    SELECT id, key, channel, topic_id, state, source, stop_id, evidence, actor_type, actor_id, expires_at, at
    FROM consent_event WHERE key = ANY(${[...keys]}::uuid[]) ORDER BY id DESC LIMIT 500`.execute(
    tx,
  );
  return rows;
}

/** How an address stands to a topic. */
export interface TopicChoice {
  topic_id: string;
  name: string;
  description: string;
  /** `none`: neither asked for nor refused. */
  state: "opted_in" | "implied" | "expired" | "opted_out" | "none";
  expires_at: Date | null;
  since: Date | null;
}

/** How an address stands to each topic in use, by name. An unsubscribe that stands comes before any consent. */
export async function topicChoices(
  tx: Tx,
  address: { key: string; channel: Channel },
): Promise<TopicChoice[]> {
  const { rows } = await sql<TopicChoice>`
    SELECT t.id AS topic_id, t.name, t.description,
      CASE WHEN s.made_at IS NOT NULL THEN 'opted_out' WHEN c.state IS NULL THEN 'none'
           WHEN c.expires_at <= now() THEN 'expired' ELSE c.state END AS state,
      CASE WHEN s.made_at IS NULL THEN c.expires_at END AS expires_at,
      coalesce(s.made_at, e.at) AS since
    FROM topic t
    LEFT JOIN consent c ON c.key = ${address.key} AND c.channel = ${address.channel} AND c.topic_id = t.id
    LEFT JOIN consent_event e ON e.workspace_id = c.workspace_id AND e.id = c.event_id
    LEFT JOIN LATERAL (
      SELECT min(u.made_at) AS made_at FROM standing_stop u
      WHERE u.workspace_id = t.workspace_id AND u.subject = ${address.key} AND u.kind = 'unsubscribe'
        AND u.channel = ${address.channel} AND (u.topic_id IS NULL OR u.topic_id = t.id)) s ON true
    WHERE t.archived_at IS NULL ORDER BY t.name`.execute(tx);
  return rows;
}

/** Standing unsubscribes of exactly this scope: a topic, or null for the whole channel. */
export async function standingUnsubscribes(
  tx: Tx,
  scope: { key: string; channel: Channel; topicId: string | null },
): Promise<string[]> {
  const { rows } = await sql<{ stop_id: string }>`
    SELECT stop_id FROM standing_stop
    WHERE workspace_id = ${tx.workspaceId} AND subject = ${scope.key} AND kind = 'unsubscribe'
      AND channel = ${scope.channel} AND topic_id IS NOT DISTINCT FROM ${scope.topicId}::uuid
    ORDER BY stop_id`.execute(tx);
  return rows.map((row) => row.stop_id);
}
