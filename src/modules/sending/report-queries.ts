import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { MessageRef, MessageState } from "./message.ts";
import type { ReportedFact } from "./rules.ts";

/** A message as a report finds it. */
export interface ReportedMessage extends MessageRef {
  state: MessageState;
  account_id: string;
  finished_at: Date | null;
  hard_bounced: boolean;
}

/** These messages, locked in the order of their ids until the transaction ends. */
export async function lockReported(tx: Tx, ids: readonly string[]): Promise<ReportedMessage[]> {
  const { rows } = await sql<ReportedMessage>`
    SELECT id, campaign_id, follow_up_id, round, step, contact_id, channel, key, state, account_id, finished_at, hard_bounced FROM message
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`.execute(
    tx,
  );
  return rows;
}

export async function updateReported(
  tx: Tx,
  reports: readonly { messageId: string; fact: ReportedFact; because: string | null }[],
): Promise<void> {
  await sql`
    UPDATE message m SET state = r.state, because = r.because
    FROM unnest(${reports.map((r) => r.messageId)}::uuid[], ${reports.map((r) => r.fact)}::text[],
                ${reports.map((r) => r.because)}::text[]) AS r(id, state, because)
    WHERE m.workspace_id = ${tx.workspaceId} AND m.id = r.id`.execute(tx);
}

export async function markHardBounced(tx: Tx, messageIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE message SET hard_bounced = true
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...messageIds]}::uuid[])`.execute(tx);
}
