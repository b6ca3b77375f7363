import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import { buildWorkspace } from "../../../../test/builders/workspace.ts";
import { freshDatabase, type TestDatabase } from "../../../../test/support/database.ts";
import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import {
  liftStop,
  makeStops,
  type StopCause,
  type StopKind,
  sendingStatus,
} from "../../consent/index.ts";
import { type Channel, channels, keyOfAddress, keyOfDomain } from "../../contacts/index.ts";
import { system } from "../../ledger/index.ts";
import { databaseNow } from "./stop-queries.ts";
import { why } from "./why.ts";

let test: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  test = await freshDatabase();
  workspaceId = await buildWorkspace(test.db);
});
afterAll(() => test.close());

class Undone extends Error {}

/** Runs an example in a transaction that is rolled back. */
async function example(act: (tx: Tx) => Promise<void>): Promise<void> {
  await test.db
    .inWorkspace(workspaceId, async (tx) => {
      await act(tx);
      throw new Undone();
    })
    .catch((error) => {
      if (!(error instanceof Undone)) throw error;
    });
}

const topics = [newId(), newId()];
const campaigns = [newId(), newId()];
const places = {
  email: "ann.lee@mail.example.org",
  phone: "+32470123456",
  "further email": "ann@second.example.net",
  "further phone": "+32470999999",
  "other email": "bob@elsewhere.example.com",
} as const;
const domains = {
  domain: "mail.example.org",
  "root domain": "example.org",
  "other domain": "elsewhere.example.com",
} as const;
type Place = "contact" | keyof typeof places | keyof typeof domains;

const anyChannel = fc.constantFrom<(Channel | null)[]>(null, ...channels);
const anyStop = fc.record({
  what: fc.oneof(
    fc.record({
      kind: fc.constant<StopKind>("deactivation"),
      cause: fc.constant<StopCause>("user"),
      on: fc.constant<Place>("contact"),
    }),
    fc.record({
      kind: fc.constantFrom<StopKind[]>("do_not_contact", "do_not_disturb"),
      cause: fc.constant<StopCause>("user"),
      on: fc.constant<Place>("contact"),
    }),
    fc.record({
      kind: fc.constantFrom<StopKind[]>("unsubscribe", "suppression", "quarantine"),
      cause: fc.constantFrom<StopCause[]>("manual", "complaint", "hard_bounce", "import"),
      on: fc.constantFrom(...(Object.keys(places) as Place[])),
    }),
    fc.record({
      kind: fc.constant<StopKind>("suppression"),
      cause: fc.constant<StopCause>("manual"),
      on: fc.constantFrom(...(Object.keys(domains) as Place[])),
    }),
  ),
  channel: anyChannel,
  topicId: fc.constantFrom(null, ...topics),
  campaignId: fc.constantFrom(null, ...campaigns),
  lifted: fc.boolean(),
});

const anyPerson = fc.record({
  hasEmail: fc.boolean(),
  hasPhone: fc.boolean(),
  hasFurther: fc.boolean(),
  emailValidity: fc.constantFrom("unknown" as const, "invalid" as const),
});

function subjectOf(
  tx: Tx,
  contactId: string,
  on: Place,
): { subject: string; type: "contact" | "address" | "domain" } {
  if (on === "contact") return { subject: contactId, type: "contact" };
  if (on in domains)
    return {
      subject: keyOfDomain(tx.secrets, domains[on as keyof typeof domains]).key,
      type: "domain",
    };
  const address = places[on as keyof typeof places];
  return {
    subject: keyOfAddress(tx.secrets, address.includes("@") ? "email" : "sms", address).key,
    type: "address",
  };
}

it("says at every moment what sendingStatus said then", async () => {
  let stopped = 0;
  await fc.assert(
    fc.asyncProperty(
      anyPerson,
      fc.array(anyStop, { minLength: 1, maxLength: 5 }),
      fc.record({
        topicId: fc.constantFrom(null, ...topics),
        campaignId: fc.constantFrom(null, ...campaigns),
      }),
      async (person, stops, asked) => {
        await example(async (tx) => {
          const contactId = await buildContactRow(tx, {
            email: person.hasEmail ? places.email : null,
            phone: person.hasPhone ? places.phone : null,
            emailValidity: person.emailValidity,
            further: person.hasFurther
              ? [
                  { channel: "email", value: places["further email"] },
                  { channel: "sms", value: places["further phone"] },
                ]
              : [],
          });
          const moments: { at: Date; codes: string[][] }[] = [];
          const codesNow = async (channel: Channel) =>
            (await sendingStatus(tx, { contactId, channel, ...asked })).refusals.map(
              (refusal) => refusal.code,
            );
          const note = async () => {
            const codes: string[][] = [];
            for (const channel of channels) codes.push([...new Set(await codesNow(channel))]);
            moments.push({ at: await databaseNow(tx), codes });
            await new Promise((wake) => setTimeout(wake, 2)); // moments are told apart by milliseconds
          };
          await note();
          const made: { id: string; lifted: boolean }[] = [];
          for (const stop of stops) {
            const { subject, type } = subjectOf(tx, contactId, stop.what.on);
            const { added } = await makeStops(tx, [
              {
                id: newId(),
                kind: stop.what.kind,
                cause: stop.what.cause,
                subject_type: type,
                subject,
                channel: stop.channel,
                topic_id: stop.topicId,
                campaign_id: stop.campaignId,
                direction: "outbound",
                actor_type: "system",
                actor_id: null,
                contact_id: null,
                address: null,
                because: "",
                evidence: {},
              },
            ]);
            for (const row of added) made.push({ id: row.id, lifted: stop.lifted });
            await note();
          }
          for (const { id } of made.filter((stop) => stop.lifted)) {
            await liftStop(tx, {
              stopId: id,
              actor: system,
              lifter: {
                as: "user",
                permissions: new Set(["contacts.reactivate", "contacts.edit", "stops.lift"]),
              },
              authorization: "a test",
            }).catch(() => undefined); // some are nobody's to lift
            await note();
          }
          for (const [index, channel] of channels.entries()) {
            const codesAt = async (at: Date | null) =>
              (await why(tx, { contactId, at, message: null, channel, ...asked })).refusals.map(
                (refusal) => refusal.code,
              );
            for (const then of moments) {
              const codes = [...new Set(await codesAt(then.at))];
              expect(codes).toEqual(then.codes[index]);
              if (codes.length > 0) stopped++;
            }
            expect([...new Set(await codesAt(null))]).toEqual([
              ...new Set(await codesNow(channel)),
            ]);
          }
        });
      },
    ),
    { numRuns: 30 },
  );
  expect(stopped).toBeGreaterThan(40);
}, 180_000);
