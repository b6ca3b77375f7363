import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { createContact } from "../contacts/index.ts";
import { verifyLedger } from "../ledger/index.ts";
import { newWorkspace, type Stage } from "./testing.ts";

let shared: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  shared = await freshDatabase();
});
afterAll(() => shared.close());
beforeEach(async () => {
  stage = await newWorkspace(shared);
});

const people = `Email,First name,Last name,Company,Phone,Unsubscribed,City
ada@example.org,Ada,Byron,Analytical,+32470123456,,London
GRACE@Example.org,Grace,Hopper,Navy,,yes,
not an address,No,Body,,,,
ada@example.org,Again,Byron,,,yes,
,Only,Phone,,+32470999999,,
`;

describe("importing a file", () => {
  test("takes every readable row and says what became of each", async () => {
    const { counts } = await stage.importText(people);
    expect(counts).toMatchObject({
      read: 5,
      created: 1,
      updated: 0,
      unchanged: 0,
      stopped: 2,
      rejected: 2,
      stopped_created: 2,
      rejected_because: { email_no_at: 1, duplicate_in_file: 1 },
      stops_made: { unsubscribe: 2 },
    });
    expect(await stage.contacts()).toMatchObject([
      {
        email: "ada@example.org",
        first_name: "Ada",
        phone: "+32470123456",
        attributes: { city: "London" },
      },
      { email: "grace@example.org", first_name: "Grace", attributes: {} },
      { email: null, phone: "+32470999999", sort_name: "phone only" },
    ]);
    expect(await stage.standing()).toEqual([
      "unsubscribe import address email ada@example.org",
      "unsubscribe import address email grace@example.org",
    ]);
  });

  test("a dry run counts the same and changes nothing", async () => {
    const dry = await stage.importText(people, { dryRun: true });
    expect(await stage.contacts()).toEqual([]);
    expect(await stage.standing()).toEqual([]);
    expect(dry.dryRun?.newly_stopped).toBe(2);
    const { counts } = await stage.importText(people);
    expect(dry.counts).toEqual(counts);
  });

  test("the same file again changes nothing", async () => {
    await stage.importText(people);
    const before = [await stage.contacts(), await stage.standing()];
    const { counts } = await stage.importText(people);
    expect(counts).toMatchObject({
      read: 5,
      created: 0,
      updated: 0,
      unchanged: 1,
      stopped: 2,
      stopped_unchanged: 2,
      rejected: 2,
      stops_made: {},
    });
    expect([await stage.contacts(), await stage.standing()]).toEqual(before);
  });

  test.each([
    ["update", { first_name: "Augusta", company: "Analytical", job_title: "Countess" }],
    ["fill", { first_name: "Ada", company: "Analytical", job_title: "Countess" }],
    ["skip", { first_name: "Ada", company: "Analytical", job_title: "" }],
  ] as const)("mode %s treats a contact that is there as it says", async (mode, expected) => {
    await stage.importText(
      "Email,First name,Company,City\nada@example.org,Ada,Analytical,London\n",
    );
    const { counts } = await stage.importText(
      "Email,First name,Company,Job title,Country\nada@example.org,Augusta,,Countess,UK\n",
      { mode },
    );
    expect(counts).toMatchObject(mode === "skip" ? { unchanged: 1 } : { updated: 1 });
    const [ada] = await stage.contacts();
    expect(ada).toMatchObject(expected);
    expect(ada?.attributes).toEqual(
      mode === "skip" ? { city: "London" } : { city: "London", country: "UK" },
    );
    if (mode === "update") expect(ada?.search_text).toContain("augusta");
  });

  test("no column and no mode lifts a stop", async () => {
    await stage.importText("Email,Unsubscribed,Active\nada@example.org,yes,no\n");
    const before = await stage.standing();
    expect(before).toHaveLength(2);
    for (const mode of ["update", "fill", "skip"] as const) {
      const { counts } = await stage.importText(
        "Email,Unsubscribed,Subscribed,Active\nada@example.org,no,yes,yes\n",
        { mode },
      );
      expect(counts).toMatchObject({ stopped: 1 });
      expect(await stage.standing()).toEqual(before);
    }
  });

  test("whatever says stop is kept, also on rows that are not imported", async () => {
    const { counts } = await stage.importText(
      `Email,First name,Unsubscribed,Bounced,Do not contact,DND SMS,Phone
a@example.org,${"x".repeat(300)},yes,,,,
b@example.org; c@example.org,B,yes,,,,
d@example.org,D,,yes,,,
e@example.org,E,,,yes,,
e@example.org,E2,,,,yes,
f@example.org,F,spam complaint,,,,
g@example.org,G,,,,yes,+32470111111,one cell too many
,Nobody,,,,yes,not a number
`,
    );
    expect(counts.read).toBe(8);
    expect(await stage.standing()).toEqual([
      "do_not_contact import contact e@example.org",
      "do_not_disturb import contact sms e@example.org",
      "suppression complaint address email f@example.org",
      "suppression hard_bounce address email d@example.org",
      "suppression import address g@example.org",
      "unsubscribe import address email a@example.org",
      "unsubscribe import address email b@example.org",
      "unsubscribe import address email c@example.org",
    ]);
    expect(counts.stopped_created).toBe(3);
  });

  test("a stop on a later row counts for the earlier one, across batches", async () => {
    const text = `Email,Do not contact\na@example.org,\nb@example.org,\nc@example.org,\na@example.org,yes\n`;
    const dry = await stage.importText(text, { dryRun: true, batchSize: 1 });
    const { counts } = await stage.importText(text, { batchSize: 1 });
    expect(counts).toMatchObject({ created: 2, stopped: 1, rejected: 1 });
    expect(dry.counts).toEqual(counts);
  });

  test("an address that is stopped already is stopped from birth", async () => {
    await stage.importText("Email,Unsubscribed\nann+old@gmail.com,yes\n");
    const { counts } = await stage.importText("Email\na.nn@gmail.com\n");
    expect(counts).toMatchObject({ created: 0, stopped: 1, stopped_created: 1 });
  });

  test("puts contacts on a list, and not those that it excludes", async () => {
    await stage.importText("Email\na@example.org\nb@example.org\n");
    await stage.in((tx) =>
      sql`
      INSERT INTO list_exclusion (workspace_id, list_id, contact_id)
      SELECT ${stage.workspaceId}, ${stage.listId}, id FROM contact WHERE email = 'b@example.org'`.execute(
        tx,
      ),
    );
    const { counts } = await stage.importText(
      "Email\na@example.org\nb@example.org\nc@example.org\n",
      { listId: stage.listId },
    );
    expect(counts).toMatchObject({ added_to_list: 2, excluded_from_list: 1 });
  });

  test("keeps what it cannot read beside a readable address", async () => {
    await stage.importText(
      "Email,Phone,Owner email,Name\na@example.org,0470 12,boss@example.org,Ada Byron\n",
    );
    expect(await stage.contacts()).toMatchObject([
      {
        first_name: "Ada",
        last_name: "Byron",
        attributes: { phone_as_given: "0470 12", owner_as_given: "boss@example.org" },
      },
    ]);
  });

  test("a name with a line break becomes one line", async () => {
    await stage.importText(
      'Email,First name,Notes\na@example.org,"Ada\r\nBcc: all@example.org","two\nlines\tand a tab \\ end"\n',
    );
    expect(await stage.contacts()).toMatchObject([
      {
        first_name: "Ada Bcc: all@example.org",
        attributes: { notes: "two\nlines\tand a tab \\ end" },
      },
    ]);
  });

  test("a file that breaks off changes nothing at all", async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `p${i}@example.org,yes\n`).join("");
    await expect(
      stage.importText(`Email,Unsubscribed\n${rows}"open@example.org,yes\n`, { batchSize: 50 }),
    ).rejects.toMatchObject({
      code: "csv_unclosed_quote",
    });
    expect(await stage.contacts()).toEqual([]);
    expect(await stage.standing()).toEqual([]);
  });

  test("a file without an address column is refused", async () => {
    await expect(stage.importText("First name\nAda\n")).rejects.toMatchObject({
      code: "import_needs_address",
    });
  });

  test("a contact made by hand meanwhile is found and not made twice", async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => `p${i}@example.org,Imported\n`).join("");
    const user = { userId: stage.userId, ownOnly: false };
    const byHand = async () => {
      let made = 0;
      for (let i = 2_999; i >= 0; i -= 7) {
        await stage
          .in((tx) =>
            createContact(tx, {
              contact: {
                first_name: "Hand",
                addresses: [{ channel: "email", value: `p${i}@example.org` }],
              },
              viewer: user,
              actor: { type: "user", id: stage.userId },
            }),
          )
          .then(
            () => made++,
            (error) => expect(error.code).toBe("address_taken"),
          );
      }
      return made;
    };
    const [{ counts }, made] = await Promise.all([
      stage.importText(`Email,First name\n${rows}`, { batchSize: 300 }),
      byHand(),
    ]);
    expect(await stage.contacts()).toHaveLength(3_000);
    expect(counts.created + counts.updated).toBe(3_000);
    expect(counts.updated).toBeLessThanOrEqual(made);
  });

  test("the ledger names the import and no person", async () => {
    const { importId } = await stage.importText(people);
    const entries = await stage.in(
      async (tx) =>
        (
          await sql<{ act: string; line: string }>`
      SELECT act, to_json(e)::text AS line FROM ledger_entry e WHERE subject_id = ${importId} ORDER BY id`.execute(
            tx,
          )
        ).rows,
    );
    expect(entries.map((entry) => entry.act)).toEqual(["import.started", "import.finished"]);
    expect(entries.map((entry) => entry.line).join()).not.toContain("example.org");
    expect((await verifyLedger(stage.db, stage.workspaceId)).valid).toBe(true);
  });
});
