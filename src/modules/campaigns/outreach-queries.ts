import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

export interface OutreachFacts {
  contact_id: string;
  replied_at: Date | null;
  sent: number;
  last_sent_at: Date | null;
  pending_follow_up: boolean;
}

/** What a contact's stage follows from: what was sent, whether they answered, whether more is to come. */
export async function outreachFacts(
  tx: Tx,
  contactIds: readonly string[],
): Promise<OutreachFacts[]> {
  const { rows } = await sql<OutreachFacts>`
    SELECT c.id AS contact_id, c.replied_at,
      m.sent, m.last_sent_at,
      EXISTS (SELECT 1 FROM follow_up f WHERE f.workspace_id = c.workspace_id AND f.contact_id = c.id
         AND f.state = 'active') AS pending_follow_up
    FROM live_contact c
    CROSS JOIN LATERAL (
      SELECT count(*) AS sent, max(m.finished_at) AS last_sent_at FROM message m
      WHERE m.workspace_id = c.workspace_id AND m.contact_id = c.id
        AND m.state IN ('accepted', 'delivered', 'bounced', 'complained')) m
    WHERE c.id = ANY(${[...contactIds]}::uuid[])`.execute(tx);
  return rows;
}
