import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildContactRow } from "../../../test/builders/contact-row.ts";
import { everybody, example, standing, useExamples } from "../../../test/builders/rolled-back.ts";
import { anyStop, make, user } from "../../../test/builders/stop-model.ts";
import { channels } from "../contacts/index.ts";
import { system } from "../ledger/index.ts";
import { activate } from "./activation.ts";
import { setDoNotDisturb } from "./do-not-disturb.ts";
import { makeStop } from "./make-stop.ts";
import { noteSuccess, noteTemporaryFailure } from "./quarantine.ts";
import { sendingStatus } from "./sending-status.ts";
import { decide } from "./status-queries.ts";

useExamples();

describe("commands that are no lift", () => {
  it("activate leaves every stop but deactivations; do not disturb changes its own channel alone", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStop, { maxLength: 5 }),
        fc.constantFrom(...channels),
        (stops, channel) =>
          example(async (tx) => {
            const who = {
              contactId: await buildContactRow(tx, {}),
              strangerId: await buildContactRow(tx, {}),
            };
            for (const stop of stops) await make(tx, who, stop);
            await make(tx, who, {
              kind: "deactivation",
              cause: "user",
              on: "contact",
              channel: null,
              topicId: null,
              campaignId: null,
            });
            const before = await standing(tx);
            await activate(tx, {
              contactId: who.contactId,
              authorization: "by phone",
              actor: user,
              lifter: everybody,
            });
            const kept = before.filter(
              (line) => !line.startsWith(`${who.contactId}|deactivation|`),
            );
            expect(await standing(tx)).toEqual(kept);
            await setDoNotDisturb(tx, {
              contactId: who.contactId,
              channels: { [channel]: "off" },
              because: "",
              actor: user,
              lifter: everybody,
            });
            const ofAll = new RegExp(`^${who.contactId}\\|do_not_disturb\\|[a-z]+\\|outbound$`);
            const ofChannel = (each: string) =>
              new RegExp(`^${who.contactId}\\|do_not_disturb\\|[a-z]+\\|${each}\\|`);
            const others = kept.filter(
              (line) => !ofAll.test(line) && !ofChannel(channel).test(line),
            );
            // One on every channel goes on as one each on the others.
            const remade = kept.some((line) => ofAll.test(line))
              ? channels
                  .filter((each) => each !== channel)
                  .filter((each) => !others.some((line) => ofChannel(each).test(line)))
                  .map((each) => `${who.contactId}|do_not_disturb|user|${each}|outbound`)
              : [];
            expect(await standing(tx)).toEqual([...others, ...remade].sort());
          }),
      ),
      { numRuns: 40 },
    );
  });

  it("a delivery that succeeds ends the address's quarantine on that channel and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStop, { maxLength: 5 }), (stops) =>
        example(async (tx) => {
          const contactId = await buildContactRow(tx, { email: "ann.lee@mail.example.org" });
          const who = { contactId, strangerId: await buildContactRow(tx, {}) };
          for (const stop of stops) await make(tx, who, stop);
          const key = (
            await decide(tx, { contactId, channel: "email", topicId: null, campaignId: null })
          )?.key as string;
          const others = (await standing(tx)).filter(
            (line) => !line.startsWith(`${key}|quarantine|soft_bounces|email`),
          );
          for (let i = 0; i < 7; i++)
            await noteTemporaryFailure(tx, { key, channel: "email", code: "4.2.2" });
          expect((await standing(tx)).length).toBe(others.length + 1);
          await noteSuccess(tx, [key], "email");
          expect(await standing(tx)).toEqual(others);
        }),
      ),
      { numRuns: 25 },
    );
  });

  it("quarantines an email at the seventh temporary failure and not at the sixth", () =>
    example(async (tx) => {
      const contactId = await buildContactRow(tx, { email: "ann@example.org" });
      const asked = { contactId, channel: "email" as const };
      const key = (await decide(tx, { ...asked, topicId: null, campaignId: null }))?.key as string;
      for (let i = 0; i < 6; i++)
        await noteTemporaryFailure(tx, { key, channel: "email", code: "4.2.2" });
      expect((await sendingStatus(tx, asked)).eligible).toBe(true);
      await noteTemporaryFailure(tx, { key, channel: "email", code: "4.2.2" });
      expect((await sendingStatus(tx, asked)).refusals[0]?.code).toBe("quarantined");
    }));

  it("a stop stays when the same address comes back with a new contact (S6)", () =>
    example(async (tx) => {
      const gone = await buildContactRow(tx, { email: "ann@example.org", inBin: true });
      await makeStop(tx, {
        kind: "unsubscribe",
        subject: { contactId: gone },
        cause: "link",
        actor: system,
      });
      const reborn = await buildContactRow(tx, { email: "Ann@Example.org" });
      expect(
        (await sendingStatus(tx, { contactId: reborn, channel: "email" })).refusals[0]?.code,
      ).toBe("unsubscribed");
    }));
});
