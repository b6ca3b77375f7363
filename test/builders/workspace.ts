import { sql } from "kysely";
import type { Database } from "../../src/kernel/database/index.ts";
import { newId } from "../../src/kernel/ids.ts";

/** A bare workspace: no roles, no users. */
export async function buildWorkspace(db: Database, name = "Analytical Engines"): Promise<string> {
  const workspaceId = newId();
  await db.inWorkspace(workspaceId, (tx) =>
    sql`INSERT INTO workspace (workspace_id, name) VALUES (${workspaceId}, ${name})`.execute(tx),
  );
  return workspaceId;
}
