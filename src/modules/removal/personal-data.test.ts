import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import type { Finder } from "./holding.ts";
import { holdings, notOfContacts } from "./personal-data.ts";

let database: TestDatabase;
let columns: { table: string; column: string; type: string }[];
beforeAll(async () => {
  database = await freshDatabase();
  columns = (
    await database.db.pool.query(`
      SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'`)
  ).rows;
});
afterAll(() => database.close());

const listed = new Set(holdings.map((holding) => holding.table));
const columnOf = (find: Finder) => Object.values(find)[0] as string;

test("every table is in the list, or is said to hold nothing of contacts", () => {
  const tables = [...new Set(columns.map((each) => each.table))];
  expect(tables.filter((table) => !listed.has(table) && !(table in notOfContacts))).toEqual([]);
  expect(tables.filter((table) => listed.has(table) && table in notOfContacts)).toEqual([]);
  const there = new Set(tables);
  expect([...listed, ...Object.keys(notOfContacts)].filter((table) => !there.has(table))).toEqual(
    [],
  );
});

test("no table that is said to hold nothing has a contact, an address or words about a person", () => {
  // Ids alone, in the deletion's own frozen set and in the ledger, which outlive the person.
  const idsAlone = new Set(["ledger_entry.contact_id", "deletion_contact.contact_id"]);
  // Codes alone, of the breaker.
  const codesAlone = new Set(["campaign.paused_because", "account_breaker.tripped_because"]);
  // People who use Heed, and who sends.
  const ofUsers = new Set(["app_user", "sending_account", "topic"]);
  const suspicious = columns.filter(
    ({ table, column }) =>
      !listed.has(table) &&
      !ofUsers.has(table) &&
      !idsAlone.has(`${table}.${column}`) &&
      !codesAlone.has(`${table}.${column}`) &&
      /contact_id|email|phone|address|first_name|last_name|company|recipient|raw|evidence|because/.test(
        column,
      ),
  );
  expect(suspicious).toEqual([]);
});

test("names columns that are there, and finds each table's rows of a contact", () => {
  const there = new Set(columns.map((each) => `${each.table}.${each.column}`));
  for (const { table, find, purge, erase } of holdings) {
    const blanked = [purge, erase].flatMap((each) =>
      typeof each === "object" ? Object.keys(each.blank) : [],
    );
    for (const column of [...find.map(columnOf), ...blanked]) {
      expect(there, `${table}.${column}`).toContain(`${table}.${column}`);
    }
  }
  for (const table of listed) {
    const finders = holdings.filter((each) => each.table === table).flatMap((each) => each.find);
    if (there.has(`${table}.contact_id`))
      expect(finders, table).toContainEqual({ contact: "contact_id" });
  }
});
