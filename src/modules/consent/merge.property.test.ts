import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildContactRow } from "../../../test/builders/contact-row.ts";
import { buildWorkspace } from "../../../test/builders/workspace.ts";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { when } from "../../kernel/reactions.ts";
import {
  channels,
  contactsMerged,
  contactsUnmerged,
  keyOfAddress,
  mergeContacts,
  unmergeContacts,
} from "../contacts/index.ts";
import { system } from "../ledger/index.ts";
import { carryStops, carryStopsBack } from "./carry-stops.ts";
import { makeStops } from "./make-stop.ts";
import { refusalBits } from "./rules.ts";
import { decide } from "./status-queries.ts";

let test: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  test = await freshDatabase({
    reactions: [when(contactsMerged, carryStops), when(contactsUnmerged, carryStopsBack)],
  });
  workspaceId = await buildWorkspace(test.db);
});
afterAll(() => test.close());

class Undone extends Error {}
const example = (act: (tx: Tx) => Promise<void>) =>
  test.db
    .inWorkspace(workspaceId, async (tx) => {
      await act(tx);
      throw new Undone();
    })
    .catch((error) => {
      if (!(error instanceof Undone)) throw error;
    });

const [topic, campaign] = [newId(), newId()];
const places = {
  "winner email": "ann@one.example.org",
  "winner phone": "+32470111111",
  "loser email": "ann@two.example.org",
  "loser phone": "+32470222222",
  "loser further": "ann@three.example.org",
} as const;
type Place = keyof typeof places;
const bound = fc.constantFrom("winner" as const, "loser" as const);
const place = fc.constantFrom(...(Object.keys(places) as Place[]));
const anyChannel = fc.constantFrom(null, ...channels);

const anyStop = fc.oneof(
  fc.record({
    kind: fc.constant("deactivation" as const),
    cause: fc.constant("user" as const),
    on: bound,
  }),
  fc.record({
    kind: fc.constant("do_not_contact" as const),
    cause: fc.constant("user" as const),
    on: bound,
    campaign_id: fc.constantFrom(null, campaign),
  }),
  fc.record({
    kind: fc.constant("do_not_disturb" as const),
    cause: fc.constantFrom("user" as const, "api" as const),
    on: bound,
    channel: anyChannel,
  }),
  fc.record({
    kind: fc.constant("unsubscribe" as const),
    cause: fc.constantFrom("link" as const, "reply" as const),
    on: place,
    channel: fc.constantFrom(...channels),
    topic_id: fc.constantFrom(null, topic),
  }),
  fc.record({
    kind: fc.constant("suppression" as const),
    cause: fc.constantFrom(
      "manual" as const,
      "import" as const,
      "complaint" as const,
      "hard_bounce" as const,
    ),
    on: place,
    channel: anyChannel,
  }),
  // Where the rule is finest: what somebody said about an address that becomes a further one.
  fc.record({
    kind: fc.constant("suppression" as const),
    cause: fc.constantFrom("manual" as const, "import" as const),
    on: fc.constantFrom("loser email" as const, "loser phone" as const),
    channel: anyChannel,
  }),
);
type AnyStop = typeof anyStop extends fc.Arbitrary<infer S> ? S : never;
const mostly = fc.constantFrom(true, true, true, false);
const anyCouple = fc.record({
  winnerEmail: mostly,
  winnerPhone: mostly,
  loserEmail: mostly,
  loserPhone: mostly,
  loserFurther: fc.boolean(),
});

const keyOf = (tx: Tx, where: Place) =>
  keyOfAddress(tx.secrets, places[where].includes("@") ? "email" : "sms", places[where]).key;

const questions = (["email", "sms"] as const).flatMap((channel) =>
  [null, topic].flatMap((topicId) =>
    [null, campaign].map((campaignId) => ({ channel, topicId, campaignId })),
  ),
);
/** The refusals of each question in turn. */
const answers = async (tx: Tx, contactId: string) => {
  const masks: number[] = [];
  for (const question of questions)
    masks.push((await decide(tx, { contactId, ...question }))?.refusals ?? 0);
  return masks;
};
const standingIds = async (tx: Tx) =>
  (await sql<{ stop_id: string }>`SELECT stop_id FROM standing_stop`.execute(tx)).rows.map(
    (row) => row.stop_id,
  );

/** What somebody decided about the person; what a mailbox answered stays with its address. */
const aboutThePerson =
  refusalBits.deactivated |
  refusalBits.unsubscribed |
  refusalBits.do_not_disturb |
  refusalBits.do_not_contact;

function asked(stop: AnyStop, channel: string): boolean {
  const sort = channel === "email" ? "email" : "phone";
  return (
    stop.kind === "suppression" &&
    stop.cause !== "hard_bounce" &&
    stop.on === `loser ${sort}` &&
    (stop.channel === null || stop.channel === channel)
  );
}

it("a merge never ends a stop, and whoever stays is refused at least what either was (S5); so are both after taking it apart", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStop, { maxLength: 6 }), anyCouple, (stops, couple) =>
      example(async (tx) => {
        const winnerId = await buildContactRow(tx, {
          email: couple.winnerEmail ? places["winner email"] : null,
          phone: couple.winnerPhone ? places["winner phone"] : null,
        });
        const loserId = await buildContactRow(tx, {
          email: couple.loserEmail ? places["loser email"] : null,
          phone: couple.loserPhone ? places["loser phone"] : null,
          further: couple.loserFurther
            ? [{ channel: "email", value: places["loser further"] }]
            : [],
        });
        const ids = { winner: winnerId, loser: loserId };
        for (const stop of stops) {
          const onContact = stop.on === "winner" || stop.on === "loser";
          await makeStops(tx, [
            {
              id: newId(),
              topic_id: null,
              campaign_id: null,
              channel: null,
              ...stop,
              subject_type: onContact ? "contact" : "address",
              subject: onContact ? ids[stop.on as "winner"] : keyOf(tx, stop.on as Place),
              direction: "outbound",
              actor_type: "system",
              actor_id: null,
              contact_id: null,
              address: null,
              because: "",
              evidence: {},
            },
          ]);
        }
        const before = { winner: await answers(tx, winnerId), loser: await answers(tx, loserId) };
        const stood = await standingIds(tx);
        const request = {
          winnerId,
          viewer: { userId: newId(), ownOnly: false },
          actor: system,
          afterAddressChange: async () => {},
        };
        await mergeContacts(tx, { ...request, loserId });
        const merged = await answers(tx, winnerId);
        expect(await standingIds(tx)).toEqual(expect.arrayContaining(stood));
        for (const [n, question] of questions.entries()) {
          const ofLoser =
            ((before.loser[n] as number) & aboutThePerson) |
            (before.loser[n] && stops.some((stop) => asked(stop, question.channel))
              ? (before.loser[n] as number) & refusalBits.suppressed
              : 0);
          const least = ((before.winner[n] as number) & ~refusalBits.no_address) | ofLoser;
          expect((merged[n] as number) & least, JSON.stringify(question)).toBe(least);
        }
        await unmergeContacts(tx, { ...request, loserId: null });
        const [winner, loser] = [await answers(tx, winnerId), await answers(tx, loserId)];
        expect(await standingIds(tx)).toEqual(expect.arrayContaining(stood));
        for (const n of questions.keys()) {
          expect((loser[n] as number) & (before.loser[n] as number)).toBe(before.loser[n]);
          expect((winner[n] as number) & (before.winner[n] as number)).toBe(before.winner[n]);
        }
      }),
    ),
    { numRuns: 35 },
  );
});
