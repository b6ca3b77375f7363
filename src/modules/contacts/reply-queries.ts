import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

/** Notes when the person last answered; an older answer that arrives late changes nothing. */
export async function noteReply(tx: Tx, contactId: string, at: Date): Promise<void> {
  await sql`
    UPDATE contact SET replied_at = greatest(coalesce(replied_at, ${at}), ${at})
    WHERE workspace_id = ${tx.workspaceId} AND id = ${contactId}`.execute(tx);
}
