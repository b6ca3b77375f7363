import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anchorMissing } from "../../src/modules/ledger/index.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { cli } from "./support/cli.ts";
import { campaign, contact, importCsv, listOf, started } from "./support/outreach.ts";

let heed: TestHeed;
/** As who owns the database: past row-level security and every rule of the application. */
let owner: pg.Client;
beforeAll(async () => {
  heed = await startHeed();
  owner = new pg.Client({ connectionString: heed.db.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await heed.stop();
});

const verification = () => heed.ok("GET", "/ledger/verification");
const sealed = () =>
  eventually(
    async () =>
      (await owner.query("SELECT 1 FROM ledger_entry WHERE block_number IS NULL LIMIT 1"))
        .rowCount === 0,
    50,
  );
const blocks = async (): Promise<number> =>
  Number((await owner.query("SELECT max(number) AS n FROM ledger_block")).rows[0].n);

/** Some acts, and a block or several over them. */
async function act(): Promise<void> {
  const before = await blocks();
  await contact(heed, `act${Math.random()}@ledger.example`);
  await eventually(async () => (await blocks()) > before, 50);
  await sealed();
}

/** Tampers while the sealer is held off, asks for the proof, and puts everything back. */
async function tampered(statements: readonly string[]): Promise<string> {
  await owner.query(
    "CREATE TABLE IF NOT EXISTS kept_entry AS TABLE ledger_entry WITH NO DATA; CREATE TABLE IF NOT EXISTS kept_block AS TABLE ledger_block WITH NO DATA",
  );
  await owner.query(
    "TRUNCATE kept_entry, kept_block; INSERT INTO kept_entry TABLE ledger_entry; INSERT INTO kept_block TABLE ledger_block",
  );
  await owner.query(
    "SELECT pg_advisory_lock(hashtextextended('ledger:' || workspace_id, 0)) FROM workspace",
  );
  await owner.query("SET session_replication_role = replica");
  let changed = 0;
  for (const statement of statements) changed += (await owner.query(statement)).rowCount ?? 0;
  expect(changed, statements.join("; ")).toBeGreaterThan(0);
  const { valid, problems } = await verification();
  await owner.query(
    "DELETE FROM ledger_entry; DELETE FROM ledger_block; INSERT INTO ledger_entry TABLE kept_entry; INSERT INTO ledger_block TABLE kept_block",
  );
  await owner.query("SET session_replication_role = origin; SELECT pg_advisory_unlock_all()");
  expect(await verification(), "put back").toMatchObject({ valid: true });
  expect(valid, statements.join("; ")).toBe(false);
  return problems
    .map((each: { block: number; problem: string }) => `${each.block} ${each.problem}`)
    .join("; ");
}

test("a block whose line in the anchor file was lost in a crash is anchored at the next start", async () => {
  await act();
  const { body: first } = await heed.call("GET", "/ledger/verification");
  const folder = join(heed.dataDir, "anchor");
  const [file] = readdirSync(folder);
  const path = join(folder, file as string);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  writeFileSync(path, `${lines.slice(0, -1).join("\n")}\n`);
  expect(await anchorMissing(heed.db)).toBe(1);
  expect(readFileSync(path, "utf8").trimEnd().split("\n").at(-1)).toBe(lines.at(-1));
  expect(await anchorMissing(heed.db)).toBe(0);
  expect(first.valid).toBe(true);
});

test("a day's acts are proved whole, by the API and at the terminal", async () => {
  const list = await listOf(heed, ["one@ledger.example", "two@ledger.example"]);
  await importCsv(heed, "Email\nthree@ledger.example\n", { list_id: list.id });
  await heed.ok("POST", `/contacts/${list.contacts[0].id}/deactivation`, {
    because: "asked by Ada",
  });
  await heed.ok("DELETE", `/contacts/${list.contacts[0].id}/deactivation`, {
    authorization: "Ada called back",
  });
  await started(heed, await campaign(heed, [list.id]), "finished");
  await act();
  await act();
  const { valid, problems, entries, blocks: count } = await verification();
  expect({ valid, problems }).toEqual({ valid: true, problems: [] });
  expect(count).toBeGreaterThan(2);
  const said = await cli(heed, "verify", "--json");
  expect(said).toMatchObject({ code: 0, json: { valid: true } });
  expect(said.json.entries).toBeGreaterThanOrEqual(entries);
  const acts = (await heed.ok("GET", "/ledger?limit=200")).items.map(
    (each: { act: string }) => each.act,
  );
  expect(acts).toEqual(
    expect.arrayContaining([
      "contact.created",
      "import.finished",
      "stop.made",
      "stop.lifted",
      "campaign.created",
      "campaign.enrolled",
      "campaign.finished",
    ]),
  );
  // Held by reference, so that erasing keeps the chain valid.
  const { rows } = await owner.query(
    "SELECT string_agg(detail::text, ' ') AS text FROM ledger_entry",
  );
  expect(rows[0].text).not.toMatch(/ledger\.example|Ada/);
});

const anEntry = "(SELECT id FROM ledger_entry WHERE block_number = 2 ORDER BY id LIMIT 1)";
test.each([
  [
    "an act rewritten",
    [`UPDATE ledger_entry SET act = 'contact.viewed' WHERE id = ${anEntry}`],
    /2 holds an entry that was changed/,
  ],
  [
    "another actor",
    [`UPDATE ledger_entry SET actor_id = gen_random_uuid() WHERE id = ${anEntry}`],
    /2 holds an entry that was changed/,
  ],
  [
    "another time",
    [`UPDATE ledger_entry SET at = at - interval '1 microsecond' WHERE id = ${anEntry}`],
    /2 holds an entry/,
  ],
  [
    "another detail",
    [`UPDATE ledger_entry SET detail = detail || '{"x":1}' WHERE id = ${anEntry}`],
    /2 holds an entry/,
  ],
  [
    "an entry deleted",
    [`DELETE FROM ledger_entry WHERE id = ${anEntry}`],
    /2 has \d+ entries and was sealed with \d+/,
  ],
  [
    "an entry taken out of its block",
    [`UPDATE ledger_entry SET block_number = NULL WHERE id = ${anEntry}`],
    /2 has \d+ entries/,
  ],
  [
    "an entry moved to another block",
    [`UPDATE ledger_entry SET block_number = 3 WHERE id = ${anEntry}`],
    /2 has.*3 has/,
  ],
  [
    "an entry put in",
    [
      `INSERT INTO ledger_entry SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).* FROM ledger_entry e WHERE id = ${anEntry}`,
    ],
    /2 has/,
  ],
  [
    "blocks in another order",
    [
      "UPDATE ledger_block SET number = -number WHERE number IN (2, 3)",
      "UPDATE ledger_block SET number = CASE number WHEN -2 THEN 3 ELSE 2 END WHERE number < 0",
      "UPDATE ledger_entry SET block_number = CASE block_number WHEN 2 THEN 3 ELSE 2 END WHERE block_number IN (2, 3)",
    ],
    /2 does not follow/,
  ],
  [
    "a block in the middle cut out",
    [
      "DELETE FROM ledger_entry WHERE block_number = 2",
      "DELETE FROM ledger_block WHERE number = 2",
    ],
    /2 is missing from the chain/,
  ],
  [
    "the last block cut off with its entries",
    [
      "DELETE FROM ledger_entry WHERE block_number = (SELECT max(number) FROM ledger_block)",
      "DELETE FROM ledger_block WHERE number = (SELECT max(number) FROM ledger_block)",
    ],
    /in the anchor file and not in the database/,
  ],
  [
    "everything cut off",
    ["DELETE FROM ledger_entry", "DELETE FROM ledger_block"],
    /1 is in the anchor file and not in the database/,
  ],
] as const)("%s is found", async (_, statements, problem) => {
  expect(await tampered(statements)).toMatch(problem);
});

test("the last block rewritten and sealed anew, and the chain grown on, is found by the anchor outside the database", async () => {
  // What an owner with Heed's own code could do: change an entry, then recompute its block.
  const last = await blocks();
  await owner.query("SET session_replication_role = replica");
  await owner.query(
    "UPDATE ledger_entry SET act = 'contact.viewed', block_number = NULL WHERE block_number = $1",
    [last],
  );
  await owner.query("DELETE FROM ledger_block WHERE number = $1", [last]);
  await owner.query("SET session_replication_role = origin");
  await eventually(async () => (await blocks()) >= last, 50);
  await act();
  const { valid, problems } = await verification();
  expect(valid).toBe(false);
  expect(problems.map((each: { problem: string }) => each.problem).join()).toMatch(/anchor/);
  const said = await cli(heed, "verify");
  expect(said.code).toBe(1);
  expect(said.stdout).toMatch(/NOT whole:\nblock \d+ /);
});
