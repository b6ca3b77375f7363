import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

export async function insertSinkMessage(
  tx: Tx,
  message: { id: string; from: string; to: string; raw: Buffer },
): Promise<void> {
  await sql`
    INSERT INTO sink_message (workspace_id, id, envelope_from, envelope_to, raw)
    VALUES (${tx.workspaceId}, ${message.id}, ${message.from}, ${message.to}, ${message.raw})`.execute(tx);
}

export interface SinkMessage {
  id: string;
  envelope_from: string;
  envelope_to: string;
  raw: Buffer;
  received_at: Date;
}

/** What the sink holds, newest first, for one recipient or all. */
export async function listSinkMessages(
  tx: Tx,
  page: { to: string | null; before: string | null; limit: number },
): Promise<SinkMessage[]> {
  const { rows } = await sql<SinkMessage>`
    SELECT id, envelope_from, envelope_to, raw, received_at FROM sink_message
    WHERE ${page.to === null ? sql`true` : sql`envelope_to = ${page.to}`}
      AND ${page.before === null ? sql`true` : sql`id < ${page.before}`}
    ORDER BY id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

export async function findSinkMessage(tx: Tx, id: string): Promise<SinkMessage | undefined> {
  const { rows } = await sql<SinkMessage>`
    SELECT id, envelope_from, envelope_to, raw, received_at FROM sink_message WHERE id = ${id}`.execute(tx);
  return rows[0];
}
