import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { StopCause, StopKind } from "../../consent/index.ts";
import type { Channel } from "../../contacts/index.ts";

/** A stop that stood against a send at a moment, with the ledger entry that proves it. */
export interface PastStop {
  stop_id: string;
  kind: StopKind;
  cause: StopCause;
  subject_type: "contact" | "address" | "domain";
  subject: string;
  channel: Channel | null;
  topic_id: string | null;
  campaign_id: string | null;
  actor_type: string;
  actor_id: string | null;
  /** The fence's counter that it set: a claim that saw a lower one came first (S1). */
  generation: number;
  made_at: Date;
  lifted_at: Date | null;
  because: string;
  /** The message whose link was pressed, where one was. */
  message_id: string | null;
  /** Its bit of sending_status. */
  refusal: number;
  ledger_entry_id: string | null;
  block_number: number | null;
}

export interface PastQuestion {
  /** Null for a test send, which only its address stands for. */
  contactId: string | null;
  /** Keys beside those that the contact has today: of a message to an address it had then. */
  subjects: readonly string[];
  at: Date;
  channel: Channel;
  topicId: string | null;
  campaignId: string | null;
}

/**
 * The stops that stood against a send at a moment, oldest first: made by then,
 * not lifted by then, and covering it by stop_refusal, the rule of
 * sending_status. Times are compared as they are shown, in milliseconds.
 */
export async function stopsInForce(tx: Tx, question: PastQuestion): Promise<PastStop[]> {
  const { rows } = await sql<PastStop>`
    WITH bound AS (
      SELECT subject, bound_to FROM contact_subject WHERE workspace_id = ${tx.workspaceId} AND contact_id = ${question.contactId}::uuid
      UNION SELECT unnest(${[...question.subjects]}::uuid[]), 'given'
    ), standing AS (
      SELECT DISTINCT ON (h.stop_id) h.*,
        stop_refusal(h.kind, h.channel, h.topic_id, h.campaign_id, ${question.channel}::text, ${question.topicId}::uuid, ${question.campaignId}::uuid) AS refusal
      FROM bound b JOIN stop_history h ON h.workspace_id = ${tx.workspaceId} AND h.subject = b.subject
      WHERE date_trunc('milliseconds', h.made_at) <= ${question.at}
        AND (h.lifted_at IS NULL OR date_trunc('milliseconds', h.lifted_at) > ${question.at})
        AND CASE b.bound_to
              WHEN 'email' THEN ${question.channel}::text = 'email'
              WHEN 'phone' THEN ${question.channel}::text <> 'email'
              WHEN 'domain' THEN ${question.channel}::text = 'email' AND h.subject_type = 'domain'
              WHEN 'further' THEN h.kind = 'unsubscribe' OR h.cause = 'complaint'
              ELSE true
            END
    )
    SELECT s.stop_id, s.kind, s.cause, s.subject_type, s.subject, s.channel, s.topic_id, s.campaign_id, s.actor_type, s.actor_id,
           s.generation, s.made_at, s.lifted_at, s.because, s.message_id, s.refusal, l.id AS ledger_entry_id, l.block_number
    FROM standing s
    LEFT JOIN LATERAL (
      SELECT id, block_number FROM ledger_act a
      WHERE a.workspace_id = ${tx.workspaceId} AND a.subject_id = s.stop_id AND a.act = 'stop.made' LIMIT 1) l ON true
    WHERE s.refusal <> 0
    ORDER BY s.made_at, s.stop_id`.execute(tx);
  return rows;
}

/** The database's own clock, which stops and messages are dated by. */
export async function databaseNow(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(tx);
  return rows[0]?.now ?? new Date();
}

/** When the contact's addresses were last changed after a moment, or null. */
export async function addressesChangedAfter(
  tx: Tx,
  contactId: string,
  at: Date,
): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    SELECT max(at) AS at FROM ledger_act
    WHERE contact_id = ${contactId} AND act = 'contact.edited' AND at > ${at} AND detail -> 'fields' ? 'addresses'`.execute(
    tx,
  );
  return rows[0]?.at ?? null;
}
