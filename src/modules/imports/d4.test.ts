import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { makeStop } from "../consent/index.ts";
import { modes } from "./rules.ts";
import { newWorkspace, type Stage } from "./testing.ts";

let shared: TestDatabase;
beforeAll(async () => {
  shared = await freshDatabase();
});
afterAll(() => shared.close());

// Few addresses, so that rows meet each other, contacts and stops: two spellings of one mailbox among them.
const email = fc.constantFrom(
  "",
  "a@x.example.org",
  "A@x.example.org",
  "a+1@x.example.org",
  "b@y.example.org",
  "c@z.example.org",
  "nonsense",
  "d@x.example.org; e@x.example.org",
);
const phone = fc.constantFrom("", "", "+32470123456", "+32470123457", "12");
const yes = fc.constantFrom("", "", "", "yes", "no", "2024-01-02");
const row = fc.record({
  email,
  phone,
  first: fc.constantFrom("", "Ann", "Bo"),
  city: fc.constantFrom("", "Gent", "Lier"),
  unsubscribed: yes,
  bounced: fc.constantFrom("", "", "", "hard", "soft"),
  contact: yes,
  sms: yes,
  active: fc.constantFrom("", "", "yes", "no"),
  extra: fc.constantFrom(false, false, false, false, true),
});
const isFilled = (r: object) => Object.values(r).some((value) => value !== "" && value !== false);
const table = fc.array(row, { minLength: 1, maxLength: 14 }).filter((rows) => rows.some(isFilled));
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

const header = "Email,Phone,First name,City,Unsubscribed,Bounced,Do not contact,DND SMS,Active\n";
const text = (rows: readonly Row[]) =>
  header +
  rows
    .map((r) => [
      r.email,
      r.phone,
      r.first,
      r.city,
      r.unsubscribed,
      r.bounced,
      r.contact,
      r.sms,
      r.active,
      ...(r.extra ? ["x"] : []),
    ])
    .map((cells) => `${cells.join(",")}\n`)
    .join("");

const domainStop = fc.boolean();

/** The rows whose contact may not be written to, decided again for each contact by itself. */
async function stoppedNow(stage: Stage): Promise<number> {
  return stage.in(async (tx) => {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*) AS n FROM live_contact c
      JOIN LATERAL sending_status(CASE WHEN c.email IS NULL THEN 'sms' ELSE 'email' END, NULL, NULL) s
        ON s.workspace_id = c.workspace_id AND s.contact_id = c.id
      WHERE s.refusals & (2|16|32|64|128|256) <> 0
        AND (c.import_id = (SELECT max(id::text)::uuid FROM import)
             OR EXISTS (SELECT FROM import_change ch WHERE ch.contact_id = c.id AND ch.import_id = (SELECT max(id::text)::uuid FROM import)))`.execute(
      tx,
    );
    return rows[0]?.n ?? 0;
  });
}

test("D4, S5: every row is counted once, dry run and run agree, and no stop is ever lost", {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      table,
      domainStop,
      fc.constantFrom(...modes),
      fc.integer({ min: 1, max: 6 }),
      async (earlier, rows, withDomain, mode, batchSize) => {
        const stage = await newWorkspace(shared);
        await stage.importText(text(earlier), { batchSize });
        if (withDomain) {
          await stage.in((tx) =>
            makeStop(tx, {
              kind: "suppression",
              subject: { domain: "z.example.org" },
              cause: "manual",
              actor: { type: "user", id: stage.userId },
            }),
          );
        }
        const standingBefore = await stage.standing();
        const contactsBefore = await stage.contacts();
        const dry = await stage.importText(text(rows), { mode, batchSize, dryRun: true });
        expect(await stage.contacts()).toEqual(contactsBefore);
        expect(await stage.standing()).toEqual(standingBefore);

        const { counts } = await stage.importText(text(rows), { mode, batchSize: 7 - batchSize });
        const nonBlank = rows.filter(isFilled).length;
        expect(counts.read).toBe(nonBlank);
        expect(
          counts.created + counts.updated + counts.unchanged + counts.stopped + counts.rejected,
        ).toBe(counts.read);
        expect(counts.stopped_created + counts.stopped_updated + counts.stopped_unchanged).toBe(
          counts.stopped,
        );
        expect(Object.values(counts.rejected_because).reduce((a, b) => a + b, 0)).toBe(
          counts.rejected,
        );
        expect((await stage.contacts()).length).toBe(
          contactsBefore.length + counts.created + counts.stopped_created,
        );
        expect(counts.stopped).toBe(await stoppedNow(stage));
        expect(dry.counts).toEqual(counts);
        const standing = await stage.standing();
        expect(standing).toEqual(expect.arrayContaining(standingBefore));
        expect(standing.length).toBe(
          standingBefore.length + Object.values(counts.stops_made).reduce((a, b) => a + b, 0),
        );

        const again = await stage.importText(text(rows), { mode });
        expect(again.counts).toMatchObject({
          created: 0,
          stopped_created: 0,
          stops_made: {},
          rejected: counts.rejected,
        });
        expect(await stage.standing()).toEqual(standing);
      },
    ),
    { numRuns: Number(process.env.HEED_RUNS ?? 60) },
  );
});
