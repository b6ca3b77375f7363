import { expect, test } from "vitest";
import { newId } from "../../src/kernel/ids.ts";
import { claimMessages } from "../../src/modules/sending/index.ts";
import { audienceDecides } from "./broken/audience-decides.ts";
import { checkWithTheLock } from "./broken/check-with-the-lock.ts";
import { fenceNotThere } from "./broken/fence-not-there.ts";
import { oldSnapshot } from "./broken/old-snapshot.ts";
import { type ClaimForm, duel, pauses } from "./support/duel.ts";
import { cancelOnly } from "./support/open-database.ts";
import { slowly } from "./support/slowly.ts";
import { queue, setStage } from "./support/stage.ts";

const real: ClaimForm = {
  queue: async (stage, message) => void (await queue(stage, [message])),
  claim: (stage) =>
    stage.db.inWorkspace(stage.workspaceId, async (tx) => {
      const request = { accountId: stage.accountId, workerId: newId(), limit: 4 };
      await claimMessages(slowly(tx, pauses), request);
    }),
};

/** The forms that invariants.md names as missing committed stops. */
const planted: [string, ClaimForm, "cancelling" | "alone"][] = [
  ["checking in the statement that locks", checkWithTheLock, "alone"],
  ["REPEATABLE READ with an advisory lock", oldSnapshot("REPEATABLE READ"), "alone"],
  ["SERIALIZABLE with an advisory lock", oldSnapshot("SERIALIZABLE"), "alone"],
  ["a share lock on a fence that is not there", fenceNotThere, "alone"],
  ["checking when the audience is built", audienceDecides, "cancelling"],
];

test.each([
  ["when stops cancel what is queued, as they do", "cancelling"],
  // Without the locks on messages that cancelling takes: the fences alone must do.
  ["by its fences alone", "alone"],
] as const)(
  "the real claim never comes after a stop, whatever the pauses between its statements, %s",
  async (_, how) => {
    const outcome = await fight(real, 200, how);
    expect(outcome.late).toEqual([]);
    expect(outcome.claims).toBeGreaterThan(20);
    expect(outcome.races).toBeGreaterThan(20);
  },
);

test.each(planted)("the checker catches %s", async (_name, form, how) => {
  const outcome = await fight(form, 120, how);
  expect(outcome.late.length).toBeGreaterThan(0);
});

async function fight(form: ClaimForm, rounds: number, how: "cancelling" | "alone") {
  const stage = await setStage({
    smtpPort: 25,
    poolSize: 12,
    inMemory: true,
    reactions: how === "alone" ? [] : cancelOnly,
  });
  try {
    const outcome = await duel(stage, form, rounds);
    console.log(
      `${rounds} duels: ${outcome.claims} claims, ${outcome.races} races, ${outcome.late.length} late`,
    );
    return outcome;
  } finally {
    await stage.close();
  }
}
