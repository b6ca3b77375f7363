import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";

export interface Unengaged {
  contact_id: string;
  messages: number;
  last_at: Date;
}

/**
 * Contacts who were sent at least so many messages in so many days and neither answered nor opted
 * in to anything in that time, by id. That a server took a message is no sign of interest.
 */
export async function selectUnengaged(
  tx: Tx,
  asked: {
    messages: number;
    days: number;
    ownerId: string | null;
    after: string | null;
    limit: number;
  },
): Promise<Unengaged[]> {
  const { rows } = await sql<Unengaged>`
    WITH since AS (SELECT now() - make_interval(days => ${asked.days}) AS at)
    SELECT m.contact_id, count(*)::int AS messages, max(m.finished_at) AS last_at
    FROM message m JOIN live_contact c ON c.workspace_id = m.workspace_id AND c.id = m.contact_id
    CROSS JOIN since
    WHERE m.workspace_id = ${tx.workspaceId} AND m.state IN ('accepted', 'delivered') AND m.finished_at > since.at
      AND m.contact_id > coalesce(${asked.after}::uuid, '00000000-0000-0000-0000-000000000000')
      AND (${asked.ownerId}::uuid IS NULL OR c.owner_id = ${asked.ownerId})
      AND (c.replied_at IS NULL OR c.replied_at < since.at)
      AND NOT EXISTS (SELECT 1 FROM consent_event e WHERE e.workspace_id = c.workspace_id
        AND e.key IN (c.email_key, c.phone_key) AND e.state = 'opted_in' AND e.at > since.at)
    GROUP BY m.contact_id HAVING count(*) >= ${asked.messages}
    ORDER BY m.contact_id LIMIT ${asked.limit}`.execute(tx);
  return rows;
}
