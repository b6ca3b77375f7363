import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { MessageRef, MessageState } from "./message.ts";
import type { ReportedFact } from "./rules.ts";

/** These messages, locked in the order of their ids until the transaction ends. */
export async function lockReported(
  tx: Tx,
  ids: readonly string[],
): Promise<(MessageRef & { state: MessageState })[]> {
  const { rows } = await sql<MessageRef & { state: MessageState }>`
    SELECT id, campaign_id, follow_up_id, round, step, contact_id, channel, key, state FROM message
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
