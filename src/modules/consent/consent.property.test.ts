import fc from "fast-check";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { buildContactRow } from "../../../test/builders/contact-row.ts";
import { everybody, example, standing, useExamples } from "../../../test/builders/rolled-back.ts";
import {
  anyPerson,
  anyQuestion,
  anyStop,
  buildPerson,
  covers,
  expected,
  type ModelStop,
  make,
  user,
} from "../../../test/builders/stop-model.ts";
import { channels } from "../contacts/index.ts";
import { liftStop } from "./lift-stop.ts";
import { refusalsOf } from "./rules.ts";
import { sendingStatus } from "./sending-status.ts";
import { decide, decideMany } from "./status-queries.ts";

useExamples();

const runs = { numRuns: 150 };

describe("the sending status", () => {
  it("gives the refusals of product.md and names exactly the stops behind them", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPerson,
        fc.array(anyStop, { maxLength: 6 }),
        anyQuestion,
        (person, stops, asked) =>
          example(async (tx) => {
            const contactId = await buildPerson(tx, person);
            const who = { contactId, strangerId: await buildContactRow(tx, {}) };
            const ids: string[] = [];
            for (const stop of stops) ids.push(await make(tx, who, stop));
            const decision = await decide(tx, { contactId, ...asked });
            expect(refusalsOf(decision?.refusals ?? -1)).toEqual(expected(person, stops, asked));
            const status = await sendingStatus(tx, { contactId, ...asked });
            expect(status.eligible).toBe(expected(person, stops, asked).length === 0);
            const named = status.refusals.flatMap((each) =>
              each.stop_id ? [`${each.code} ${each.stop_id}`] : [],
            );
            const behind = new Set(
              stops.flatMap((stop, i) => {
                const code = covers(person, stop, asked);
                return code ? [`${code} ${ids[i]}`] : [];
              }),
            );
            expect(named.sort()).toEqual([...behind].sort());
            const withoutStop = status.refusals
              .filter((each) => !each.stop_id)
              .map((each) => each.code);
            expect(
              withoutStop.every((code) =>
                ["in_bin", "no_address", "address_invalid"].includes(code),
              ),
            ).toBe(true);
          }),
      ),
      runs,
    );
  });

  it("is the same for many contacts at once as for each alone", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyPerson, fc.array(anyStop, { maxLength: 3 })), {
          minLength: 2,
          maxLength: 4,
        }),
        (people) =>
          example(async (tx) => {
            const ids: string[] = [];
            for (const [person] of people) {
              // Several live contacts cannot share one address; in the bin they can.
              ids.push(await buildPerson(tx, { ...person, inBin: ids.length > 0 }));
            }
            const strangerId = await buildContactRow(tx, {});
            for (const [i, [, stops]] of people.entries()) {
              for (const stop of stops)
                await make(tx, { contactId: ids[i] as string, strangerId }, stop);
            }
            const together = await decideMany(tx, ids, channels);
            expect(together).toHaveLength(ids.length * channels.length);
            for (const one of together) {
              const alone = await decide(tx, {
                contactId: one.contact_id,
                channel: one.channel,
                topicId: null,
                campaignId: null,
              });
              expect(one.refusals).toBe(alone?.refusals);
            }
          }),
      ),
      { numRuns: 60 },
    );
  });
});

describe("making stops", () => {
  const shuffledTwice = fc.array(anyStop, { minLength: 1, maxLength: 6 }).chain((stops) =>
    fc.tuple(
      fc.constant(stops),
      fc.shuffledSubarray([...stops, ...stops, ...stops], {
        minLength: stops.length * 3,
        maxLength: stops.length * 3,
      }),
    ),
  );

  it("comes to the same in any order and however often repeated (S7)", async () => {
    await fc.assert(
      fc.asyncProperty(shuffledTwice, ([stops, again]) =>
        example(async (tx) => {
          const one = await buildContactRow(tx, {});
          const strangerId = await buildContactRow(tx, {});
          const states: string[][] = [];
          for (const sequence of [stops, again]) {
            await sql`DELETE FROM standing_stop`.execute(tx);
            for (const stop of sequence) await make(tx, { contactId: one, strangerId }, stop);
            states.push(await standing(tx));
          }
          expect(states[1]).toEqual(states[0]);
        }),
      ),
      { numRuns: 60 },
    );
  });

  it("never ends another stop, and lifting ends the one it names (S5, S7)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStop, { minLength: 2, maxLength: 6 }), fc.nat(), (stops, pick) =>
        example(async (tx) => {
          const who = {
            contactId: await buildContactRow(tx, {}),
            strangerId: await buildContactRow(tx, {}),
          };
          const made: [string, ModelStop][] = [];
          let before = 0;
          for (const stop of stops) {
            made.push([await make(tx, who, stop), stop]);
            const now = (await standing(tx)).length;
            expect(now).toBeGreaterThanOrEqual(before);
            before = now;
          }
          const [stopId, stop] = made[pick % made.length] as [string, ModelStop];
          const as =
            stop.kind === "unsubscribe"
              ? "recipient"
              : stop.kind === "quarantine"
                ? "system"
                : "user";
          const lift = liftStop(tx, {
            stopId,
            actor: user,
            lifter: { ...everybody, as },
            authorization: "they wrote to us",
          });
          if (stop.cause === "complaint") {
            await expect(lift).rejects.toMatchObject({ code: "lift_not_allowed" });
            expect((await standing(tx)).length).toBe(before);
          } else {
            await lift;
            const { rows } = await sql<{
              stop_id: string;
            }>`SELECT stop_id FROM standing_stop`.execute(tx);
            const left = new Set(made.map(([id]) => id));
            left.delete(stopId);
            expect(new Set(rows.map((row) => row.stop_id))).toEqual(left);
          }
        }),
      ),
      { numRuns: 80 },
    );
  });
});
