import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { type ImportFileRequest, importFile } from "./import-file.ts";

/** A workspace with a list and a user, and short words for what import tests do again and again. */
export interface Stage extends TestDatabase {
  workspaceId: string;
  userId: string;
  listId: string;
  csv(text: string): string;
  importText(text: string, options?: Partial<ImportFileRequest>): ReturnType<typeof importFile>;
  in<T>(act: (tx: Tx) => Promise<T>): Promise<T>;
  contacts(): Promise<Record<string, unknown>[]>;
  standing(): Promise<string[]>;
}

export async function setStage(options: { poolSize?: number } = {}): Promise<Stage> {
  const test = await freshDatabase(options);
  const stage = await newWorkspace(test);
  return stage;
}

/** Another workspace in the same database: a clean slate without making a database. */
export async function newWorkspace(test: TestDatabase): Promise<Stage> {
  const [workspaceId, userId, listId, roleId] = [newId(), newId(), newId(), newId()];
  const { db, dataDir } = test;
  await db.pool.query("INSERT INTO workspace (workspace_id, name) VALUES ($1, 'test')", [
    workspaceId,
  ]);
  await db.pool.query(
    "INSERT INTO role (workspace_id, id, name, permissions) VALUES ($1, $2, 'all', '{}')",
    [workspaceId, roleId],
  );
  await db.pool.query(
    "INSERT INTO app_user (workspace_id, id, role_id, email, name) VALUES ($1, $2, $3, $4, 'Sam')",
    [workspaceId, userId, roleId, `sam-${workspaceId}@heed.example`],
  );
  await db.pool.query("INSERT INTO list (workspace_id, id, name) VALUES ($1, $2, 'Spring')", [
    workspaceId,
    listId,
  ]);
  const inside = <T>(act: (tx: Tx) => Promise<T>) => db.inWorkspace(workspaceId, act);
  const csv = (text: string) => {
    const path = join(dataDir, `${newId()}.csv`);
    writeFileSync(path, text);
    return path;
  };
  return {
    ...test,
    workspaceId,
    userId,
    listId,
    csv,
    in: inside,
    importText: (text, options = {}) =>
      importFile(db, {
        workspaceId,
        actor: { type: "user", id: userId },
        path: csv(text),
        ...options,
      }),
    contacts: () =>
      inside(async (tx) => {
        const { rows } = await sql<Record<string, unknown>>`
          SELECT email, phone, first_name, last_name, company, job_title, attributes, owner_id, search_text, sort_name
          FROM live_contact ORDER BY email NULLS LAST, phone`.execute(tx);
        return rows;
      }),
    standing: () =>
      inside(async (tx) => {
        const { rows } = await sql<{ stop: string }>`
          SELECT concat_ws(' ', kind, cause, subject_type, channel, coalesce(c.email, c.phone, d.address)) AS stop
          FROM standing_stop s LEFT JOIN stop_detail d USING (stop_id) LEFT JOIN contact c ON c.id = s.subject ORDER BY 1`.execute(
          tx,
        );
        return rows.map((row) => row.stop);
      }),
  };
}
