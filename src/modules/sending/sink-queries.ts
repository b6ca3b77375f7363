import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

export async function insertSinkMessage(
  tx: Tx,
  message: { id: string; from: string; to: string; raw: Buffer },
): Promise<void> {
  await sql`
    INSERT INTO sink_message (workspace_id, id, envelope_from, envelope_to, raw)
    VALUES (${tx.workspaceId}, ${message.id}, ${message.from}, ${message.to}, ${message.raw})`.execute(
    tx,
  );
}
