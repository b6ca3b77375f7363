import { sql } from "kysely";
import { afterAll, beforeAll } from "vitest";
import type { Tx } from "../../src/kernel/database/index.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { buildWorkspace } from "./workspace.ts";

export let test: TestDatabase;
export let workspaceId: string;
class Undone extends Error {}

/** Runs an example in a transaction that is rolled back, so that no example sees another's rows. */
export async function example(act: (tx: Tx) => Promise<void>): Promise<void> {
  await test.db
    .inWorkspace(workspaceId, async (tx) => {
      await act(tx);
      throw new Undone();
    })
    .catch((error) => {
      if (!(error instanceof Undone)) throw error;
    });
}

export const everybody = {
  as: "user" as const,
  permissions: new Set(["contacts.reactivate", "contacts.edit", "stops.lift"]),
};

/** What stands, without ids and times: the state that S7 speaks of. */
export async function standing(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    SELECT concat_ws('|', subject, kind, cause, channel, topic_id, campaign_id, direction) AS line FROM standing_stop`.execute(
    tx,
  );
  return rows.map((row) => row.line).sort();
}

/** Registers the hooks of a test file whose examples each run in a transaction of one workspace. */
export function useExamples(): void {
  beforeAll(async () => {
    test = await freshDatabase();
    workspaceId = await buildWorkspace(test.db);
  });
  afterAll(() => test.close());
}
