import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../src/kernel/ids.ts";
import { anyRow, insertRow } from "../builders/any-row.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

/** T1: without a workspace every table answers no rows; with one, only its own. */

/** Tables that are nobody's: why each needs no wall. */
const outside: Readonly<Record<string, string>> = {
  migration: "names of applied migrations, not granted to heed_app",
  installation: "facts of the installation, granted to heed_system alone",
  worker_process: "which processes live, granted to heed_system alone",
};
/** Walls that the tables' owner is not behind, though heed_app is. */
const notForced: Readonly<Record<string, string>> = {
  contact: "find_contacts runs as the owner and keeps to the current workspace by itself",
  contact_search: "the same",
  contact_search_waiting: "the same",
};

let test: TestDatabase;
let client: pg.Client;
let tables: { name: string; walled: boolean; forced: boolean; secured: boolean }[];
const first = newId();
const second = newId();

beforeAll(async () => {
  test = await freshDatabase();
  client = new pg.Client({ connectionString: test.url });
  await client.connect();
  tables = (
    await client.query(
      `SELECT c.relname AS name, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
              EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped) AS walled
       FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
    )
  ).rows;
  // One row of the first workspace in every table; foreign keys are not what is tested here.
  await client.query("SET session_replication_role = replica");
  for (const { name } of tables.filter((table) => table.walled)) {
    await insertRow(client, name, await anyRow(client, name, first));
  }
  await client.query("SET session_replication_role = origin");
});
afterAll(async () => {
  await client.end();
  await test.close();
});

/** Runs as heed_app with this workspace, as Database.inWorkspace does, and rolls back. */
async function as<T>(workspaceId: string, act: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    await client.query(
      "SELECT set_config('role', 'heed_app', true), set_config('heed.workspace_id', $1, true)",
      [workspaceId],
    );
    return await act();
  } finally {
    await client.query("ROLLBACK");
  }
}

async function count(table: string): Promise<number> {
  return Number((await client.query(`SELECT count(*) AS n FROM "${table}"`)).rows[0].n);
}

const code = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
const refused = "42501"; // insufficient_privilege: no grant, or a row beyond the policy

describe("the wall between workspaces", () => {
  it("stands around every table, or the table is one of the few that belong to nobody", () => {
    expect(tables.length).toBeGreaterThan(20);
    expect(
      tables
        .filter((table) => !table.walled)
        .map((table) => table.name)
        .sort(),
    ).toEqual(Object.keys(outside).sort());
    expect(tables.filter((table) => table.walled && !table.secured)).toEqual([]);
    expect(
      tables.filter((table) => table.walled && !table.forced).map((table) => table.name),
    ).toEqual(Object.keys(notForced));
  });

  it("hides every row when no workspace is set", async () => {
    for (const { name } of tables.filter((table) => table.walled)) {
      expect(`${name} ${await as("", () => count(name))}`).toBe(`${name} 0`);
    }
  });

  it("shows a workspace its own rows and hides those of another", async () => {
    for (const { name } of tables.filter((table) => table.walled)) {
      expect(`${name} ${await as(first, () => count(name))}`).toBe(`${name} 1`);
      expect(`${name} ${await as(second, () => count(name))}`).toBe(`${name} 0`);
    }
  });

  it("lets nobody write into another workspace, nor change or delete its rows", async () => {
    for (const { name } of tables.filter((table) => table.walled)) {
      const row = await anyRow(client, name, first);
      expect(`${name} ${await as(second, () => code(insertRow(client, name, row)))}`).toBe(
        `${name} ${refused}`,
      );
      expect(`${name} ${await as("", () => code(insertRow(client, name, row)))}`).toBe(
        `${name} ${refused}`,
      );
      for (const statement of [
        `DELETE FROM "${name}"`,
        `UPDATE "${name}" SET workspace_id = '${second}'`,
      ]) {
        const touched = await as(second, () =>
          client.query(statement).then(
            (result) => result.rowCount,
            (error: { code?: string }) => (error.code === refused ? 0 : error.code),
          ),
        );
        expect(`${statement} ${touched}`).toBe(`${statement} 0`);
      }
    }
  });

  it("cannot be given a row: what is one's own cannot be moved to another workspace", async () => {
    for (const { name } of tables.filter((table) => table.walled)) {
      const moved = await as(first, () =>
        code(client.query(`UPDATE "${name}" SET workspace_id = '${second}'`)),
      );
      expect(`${name} ${moved}`).toBe(`${name} ${refused}`);
    }
  });

  it("holds for views and for functions that run as their owner", async () => {
    const views = await client.query<{ name: string; options: string[] | null }>(
      "SELECT relname AS name, reloptions AS options FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')",
    );
    expect(views.rows.length).toBeGreaterThan(0);
    for (const view of views.rows) {
      expect(`${view.name} ${view.options}`).toContain("security_invoker=true");
      expect(`${view.name} ${await as(second, () => count(view.name))}`).toBe(`${view.name} 0`);
      expect(`${view.name} ${await as("", () => count(view.name))}`).toBe(`${view.name} 0`);
    }
    await client.query("UPDATE contact_search SET contact_id = (SELECT id FROM contact)");
    const found = (workspaceId: string) =>
      as(
        workspaceId,
        async () => (await client.query("SELECT find_contacts(ARRAY['%'], 10)")).rowCount,
      );
    expect([await found(first), await found(second), await found("")]).toEqual([1, 0, 0]);
  });

  it("keeps heed_app out of the tables that belong to nobody", async () => {
    for (const name of Object.keys(outside)) {
      expect(`${name} ${await as(first, () => code(count(name)))}`).toBe(`${name} ${refused}`);
    }
  });
});
