import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Channel } from "../contacts/index.ts";
import type { Stop } from "./kinds.ts";

/** The one decision for one contact on one channel: sending_status of migration 0009. */
export async function decide(
  tx: Tx,
  question: {
    contactId: string;
    channel: Channel;
    topicId: string | null;
    campaignId: string | null;
  },
): Promise<{ address: string | null; key: string | null; refusals: number } | undefined> {
  const { rows } = await sql<{ address: string | null; key: string | null; refusals: number }>`
    SELECT address, key, refusals
    FROM sending_status(${question.channel}::text, ${question.topicId}::uuid, ${question.campaignId}::uuid)
    WHERE workspace_id = ${tx.workspaceId} AND contact_id = ${question.contactId}`.execute(tx);
  return rows[0];
}

/** The same decision for many contacts on several channels, with no topic and no campaign. */
export async function decideMany(
  tx: Tx,
  contactIds: readonly string[],
  channels: readonly Channel[],
): Promise<{ contact_id: string; channel: Channel; refusals: number }[]> {
  const { rows } = await sql<{ contact_id: string; channel: Channel; refusals: number }>`
    SELECT s.contact_id, c.channel, s.refusals
    FROM unnest(${[...channels]}::text[]) AS c(channel)
    CROSS JOIN unnest(${[...contactIds]}::uuid[]) AS i(id)
    JOIN LATERAL sending_status(c.channel, NULL, NULL) s ON s.workspace_id = ${tx.workspaceId} AND s.contact_id = i.id`.execute(
    tx,
  );
  return rows;
}

/** A standing stop that covers a send, with the refusal it gives. */
export interface CoveringStop extends Stop {
  refusal: number;
  because: string;
}

/** The standing stops behind the refusals of a decision, each with its bit. */
export async function coveringStops(
  tx: Tx,
  question: {
    contactId: string;
    channel: Channel;
    topicId: string | null;
    campaignId: string | null;
  },
): Promise<CoveringStop[]> {
  const { rows } = await sql<CoveringStop>`
    SELECT DISTINCT s.id, s.kind, s.cause, s.subject_type, s.subject, s.channel, s.topic_id, s.campaign_id, s.direction,
           s.actor_type, s.actor_id, s.made_at, coalesce(d.because, '') AS because,
           stop_refusal(c.kind, c.channel, c.topic_id, c.campaign_id, ${question.channel}, ${question.topicId}::uuid, ${question.campaignId}::uuid) AS refusal
    FROM (
      SELECT id AS subject, false AS further FROM contact WHERE id = ${question.contactId}
      UNION SELECT unnest(CASE WHEN ${question.channel} = 'email' THEN ARRAY[email_key, email_domain_key, email_root_key] ELSE ARRAY[phone_key] END), false
        FROM contact WHERE id = ${question.contactId}
      UNION SELECT key, true FROM contact_address WHERE contact_id = ${question.contactId}
    ) AS u
    JOIN standing_stop c ON c.subject = u.subject AND (NOT u.further OR c.kind = 'unsubscribe' OR c.cause = 'complaint')
    JOIN stop s ON s.workspace_id = c.workspace_id AND s.id = c.stop_id
    LEFT JOIN stop_detail d ON d.workspace_id = s.workspace_id AND d.stop_id = s.id
    WHERE stop_refusal(c.kind, c.channel, c.topic_id, c.campaign_id, ${question.channel}, ${question.topicId}::uuid, ${question.campaignId}::uuid) <> 0
    ORDER BY s.made_at`.execute(tx);
  return rows;
}
