import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Campaign } from "./campaign-queries.ts";
import type { FollowUpState } from "./rules.ts";

export interface Prospect {
  contact_id: string;
  first_name: string;
  last_name: string;
  company: string;
  email: string | null;
  follow_up_id: string | null;
  state: FollowUpState | null;
  because: string | null;
  round: number | null;
  next_step: number | null;
  due_at: Date | null;
  message_id: string | null;
  message_state: string | null;
  message_step: number | null;
  message_at: Date | null;
  refusals: number;
  /** Standing do-not-contact stops: of this campaign, of all. */
  not_in_campaign: boolean;
  not_in_any: boolean;
}

export interface ProspectSearch {
  ownerId: string | null;
  state: FollowUpState | null;
  /** Only these contacts; null is no such limit. */
  contactIds: readonly string[] | null;
  /** LIKE patterns on the search text, all of which must fit. */
  patterns: readonly string[];
  after: string | null;
  limit: number;
}

/**
 * A page of a campaign's prospects by contact id: the enrolled, or the lists'
 * members while it is a draft. Contacts in the bin are left out. The details are
 * asked for the page's contacts alone.
 */
export async function listProspects(
  tx: Tx,
  campaign: Campaign,
  search: ProspectSearch,
): Promise<Prospect[]> {
  const people =
    campaign.state === "draft"
      ? sql`SELECT DISTINCT m.contact_id, NULL::uuid AS follow_up_id, NULL::text AS state, NULL::text AS because,
                   NULL::int AS round, NULL::int AS next_step, NULL::timestamptz AS due_at
            FROM list_member m WHERE m.list_id = ANY(${campaign.list_ids}::uuid[])`
      : sql`SELECT f.contact_id, f.id AS follow_up_id, f.state, f.because, f.round, f.next_step, f.due_at
            FROM follow_up f WHERE f.campaign_id = ${campaign.id}`;
  const { rows } = await sql<Prospect>`
    WITH shown AS MATERIALIZED (
      SELECT p.*, c.first_name, c.last_name, c.company, c.email, c.email_key, c.phone_key
      FROM (${people}) AS p JOIN live_contact c ON c.workspace_id = ${tx.workspaceId} AND c.id = p.contact_id
      WHERE ${search.after ? sql`p.contact_id > ${search.after}` : sql`true`}
        AND ${search.state ? sql`p.state = ${search.state}` : sql`true`}
        AND ${search.ownerId ? sql`c.owner_id = ${search.ownerId}` : sql`true`}
        AND ${search.contactIds ? sql`p.contact_id = ANY(${[...search.contactIds]}::uuid[])` : sql`true`}
        AND ${search.patterns.length > 0 ? sql`c.search_text LIKE ALL (${[...search.patterns]}::text[])` : sql`true`}
      ORDER BY p.contact_id LIMIT ${search.limit})
    SELECT w.*, m.id AS message_id, m.state AS message_state, m.step AS message_step,
           coalesce(m.finished_at, m.due_at) AS message_at, s.refusals,
           EXISTS (SELECT 1 FROM standing_stop x WHERE x.subject IN (w.contact_id, w.email_key, w.phone_key)
                     AND x.kind = 'do_not_contact' AND x.campaign_id = ${campaign.id}) AS not_in_campaign,
           EXISTS (SELECT 1 FROM standing_stop x WHERE x.subject IN (w.contact_id, w.email_key, w.phone_key)
                     AND x.kind = 'do_not_contact' AND x.campaign_id IS NULL) AS not_in_any
    FROM shown w
    JOIN LATERAL sending_status(${campaign.channel}::text, ${campaign.topic_id}::uuid, ${campaign.id}::uuid) s
      ON s.workspace_id = ${tx.workspaceId} AND s.contact_id = w.contact_id
    LEFT JOIN LATERAL (
      SELECT id, state, step, finished_at, due_at FROM campaign_message
      WHERE contact_id = w.contact_id AND follow_up_id = w.follow_up_id ORDER BY id DESC LIMIT 1) m ON true
    ORDER BY w.contact_id`.execute(tx);
  return rows;
}

/** Standing do-not-contact stops on the contact: those of the campaign, and with `all` those of every campaign. */
export async function standingDoNotContact(
  tx: Tx,
  which: { contactId: string; campaignId: string; all: boolean },
): Promise<string[]> {
  const { rows } = await sql<{ stop_id: string }>`
    SELECT stop_id FROM standing_stop
    WHERE subject IN (SELECT unnest(ARRAY[id, email_key, phone_key]) FROM live_contact WHERE id = ${which.contactId})
      AND kind = 'do_not_contact'
      AND (campaign_id = ${which.campaignId} OR (campaign_id IS NULL AND ${which.all}))`.execute(
    tx,
  );
  return rows.map((row) => row.stop_id);
}
