import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settleSearch, startSearchSettler } from "../contacts/index.ts";
import { newWorkspace, type Stage, setStage } from "./testing.ts";

let shared: Stage;
beforeAll(async () => {
  shared = await setStage();
});
afterAll(() => shared.close());

const find = (stage: Stage, part: string) =>
  stage.in(async (tx) => {
    const { rows } = await sql<{ email: string }>`
      SELECT email FROM find_contacts(ARRAY[${`%${part}%`}], 100) ORDER BY email`.execute(tx);
    return rows.map((row) => row.email);
  });
const count = (stage: Stage, table: string) =>
  stage.in(async (tx) => {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*) AS n FROM ${sql.table(table)}`.execute(tx);
    return rows[0]?.n;
  });
const people =
  "Email,First name\nada@example.org,Ada\ngrace@example.org,Grace\nlinus@example.org,Linus\n";

test("finds who was imported at once, and each once before, while and after the index takes them in", async () => {
  const stage = await newWorkspace(shared);
  await stage.importText(people, { batchSize: 2 });
  expect(await count(stage, "contact_search_waiting")).toBe(2);
  expect(await count(stage, "contact_search")).toBe(0);
  expect(await find(stage, "example")).toHaveLength(3);
  expect(await find(stage, "race")).toEqual(["grace@example.org"]);

  await settleSearch(stage.db, stage.workspaceId);
  expect(await count(stage, "contact_search_waiting")).toBe(0);
  expect(await count(stage, "contact_search")).toBe(3);
  expect(await find(stage, "example")).toHaveLength(3);
  expect(await find(stage, "race")).toEqual(["grace@example.org"]);
});

test("finds a contact by what it is called now, changed before or after the index took it in", async () => {
  const stage = await newWorkspace(shared);
  await stage.importText(people);
  const rename = (from: string, to: string) =>
    stage.in((tx) =>
      sql`UPDATE contact SET search_text = replace(search_text, ${from}, ${to}) WHERE search_text LIKE ${`%${from}%`}`.execute(
        tx,
      ),
    );
  await rename("ada", "zuzanna");
  expect(await find(stage, "zuzan")).toHaveLength(1);
  await settleSearch(stage.db, stage.workspaceId);
  await rename("linus", "quentin");
  for (const [part, found] of [
    ["zuzan", 1],
    ["ada@", 0],
    ["quent", 1],
    ["linus", 0],
  ] as const) {
    expect([part, (await find(stage, part)).length]).toEqual([part, found]);
  }
});

test("keeps nothing of a contact that is gone", async () => {
  const stage = await newWorkspace(shared);
  await stage.importText(people);
  await settleSearch(stage.db, stage.workspaceId);
  await stage.in((tx) => sql`DELETE FROM contact WHERE email = 'ada@example.org'`.execute(tx));
  expect(await count(stage, "contact_search")).toBe(2);
  expect(await find(stage, "ada")).toEqual([]);
});

test("a worker takes them in by itself, some seconds after the import", async () => {
  const stage = await newWorkspace(shared);
  await stage.importText(people);
  await shared.db.pool.query(
    "UPDATE contact_search_waiting SET since = since - interval '1 minute'",
  );
  const settler = startSearchSettler(stage.db, 20);
  await expect.poll(() => count(stage, "contact_search_waiting"), { timeout: 20_000 }).toBe(0);
  await settler.stop();
  expect(await find(stage, "race")).toEqual(["grace@example.org"]);
});
