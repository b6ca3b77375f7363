import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";

/** One thing that happened to a contact. */
export interface TimelineRow {
  id: string;
  at: Date;
  /** `at` with its microseconds, for the cursor. */
  position: string;
  kind: string;
  code: string;
  actor_type: string;
  actor_id: string | null;
  detail: Record<string, unknown>;
  ledger_entry_id: string | null;
  block_number: number | null;
}

/**
 * What happened to a contact, newest first: its acts in the ledger, every stop
 * on it and its addresses with its lift, its messages, what hangs on it (notes,
 * tasks, appointments, opportunities, conversations), and how it came (a bulk
 * import records itself once, not each contact).
 */
export async function timelineOf(
  tx: Tx,
  contact: { id: string; importId: string | null; createdAt: Date },
  page: { before: { position: string; id: string } | null; limit: number },
): Promise<TimelineRow[]> {
  const { rows } = await sql<TimelineRow>`
    WITH stops AS (
      SELECT DISTINCT ON (h.stop_id) h.* FROM contact_subject b
      JOIN stop_history h ON h.workspace_id = ${tx.workspaceId} AND h.subject = b.subject
      WHERE b.workspace_id = ${tx.workspaceId} AND b.contact_id = ${contact.id}
    ), item AS (
      SELECT 'act:' || id AS id, at, split_part(act, '.', 1) AS kind, act AS code, actor_type, actor_id, detail, id AS entry_id
      FROM ledger_act WHERE contact_id = ${contact.id} AND act NOT IN ('stop.made', 'stop.lifted', 'note.added', 'task.added', 'task.done', 'conversation.written')
      UNION ALL
      SELECT 'stop:' || stop_id, made_at, 'stop', 'stop.made', actor_type, actor_id, jsonb_build_object(
        'stop_id', stop_id, 'kind', kind, 'cause', cause, 'subject_type', subject_type, 'channel', channel, 'topic_id', topic_id,
        'campaign_id', campaign_id, 'because', because, 'message_id', message_id),
        (SELECT a.id FROM ledger_act a WHERE a.workspace_id = s.workspace_id AND a.subject_id = s.stop_id AND a.act = 'stop.made' LIMIT 1)
      FROM stops s
      UNION ALL
      SELECT 'lift:' || stop_id, lifted_at, 'stop', 'stop.lifted', lifted_by_type, lifted_by, jsonb_build_object(
        'stop_id', stop_id, 'kind', kind, 'cause', cause, 'subject_type', subject_type, 'channel', channel, 'topic_id', topic_id,
        'campaign_id', campaign_id),
        (SELECT a.id FROM ledger_act a WHERE a.workspace_id = s.workspace_id AND a.subject_id = s.stop_id AND a.act = 'stop.lifted' LIMIT 1)
      FROM stops s WHERE lifted_at IS NOT NULL
      UNION ALL
      SELECT 'queued:' || id, created_at, 'message', 'message.queued', 'system', NULL, jsonb_build_object(
        'message_id', id, 'channel', channel, 'campaign_id', campaign_id, 'step', step, 'due_at', due_at), NULL
      FROM message m WHERE contact_id = ${contact.id}
        AND NOT EXISTS (SELECT 1 FROM conversation_message w WHERE w.workspace_id = m.workspace_id AND w.message_id = m.id)
      UNION ALL
      SELECT id, at, kind, code, actor_type, actor_id, detail, entry_id
      FROM linked_fact WHERE workspace_id = ${tx.workspaceId} AND contact_id = ${contact.id}
      UNION ALL
      SELECT 'ended:' || id, finished_at, 'message', 'message.' || state, 'system', NULL, jsonb_build_object(
        'message_id', id, 'channel', channel, 'campaign_id', campaign_id, 'step', step, 'refusals', refusals,
        'because', because, 'response', response, 'stop_id', stop_id), NULL
      FROM message WHERE contact_id = ${contact.id} AND finished_at IS NOT NULL
      UNION ALL
      SELECT 'origin:' || ${contact.id}, ${contact.createdAt}::timestamptz, 'contact',
        CASE WHEN ${contact.importId}::uuid IS NULL THEN 'contact.created' ELSE 'contact.imported' END,
        CASE WHEN ${contact.importId}::uuid IS NULL THEN 'system' ELSE 'import' END, ${contact.importId}::uuid, '{}'::jsonb, NULL
      WHERE NOT EXISTS (SELECT 1 FROM ledger_act WHERE contact_id = ${contact.id} AND act IN ('contact.created', 'contact.imported'))
    )
    SELECT i.id, i.at, to_char(i.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS position, i.kind, i.code,
           i.actor_type, i.actor_id, i.detail, i.entry_id AS ledger_entry_id, l.block_number
    FROM item i LEFT JOIN ledger_act l ON l.workspace_id = ${tx.workspaceId} AND l.id = i.entry_id
    WHERE ${page.before ? sql`(i.at, i.id COLLATE "C") < (${page.before.position}::timestamptz, ${page.before.id})` : sql`true`}
    ORDER BY i.at DESC, i.id COLLATE "C" DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}
