import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DurableFiles } from "../../src/kernel/durable-files.ts";
import { isHeedError } from "../../src/kernel/errors.ts";
import { newId } from "../../src/kernel/ids.ts";
import {
  liftStop,
  makeStop,
  missingStops,
  replayJournal,
  sendingStatus,
} from "../../src/modules/consent/index.ts";
import { system } from "../../src/modules/ledger/index.ts";
import { addContact, type Stage, setStage } from "./support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ smtpPort: 25, inMemory: true, reactions: [] });
});
afterAll(() => stage.close());

const lifter = { as: "user", permissions: new Set(["contacts.reactivate"]) } as const;
const deactivate = (contactId: string) =>
  stage.db.inWorkspace(stage.workspaceId, (tx) =>
    makeStop(tx, { kind: "deactivation", subject: { contactId }, cause: "user", actor: system }),
  );
const lift = (stopId: string) =>
  stage.db.inWorkspace(stage.workspaceId, (tx) =>
    liftStop(tx, { stopId, actor: system, lifter, authorization: "asked to" }),
  );
const eligible = (contactId: string) =>
  stage.db.inWorkspace(
    stage.workspaceId,
    async (tx) => (await sendingStatus(tx, { contactId, channel: "email" })).eligible,
  );
const journal = async () => {
  const lines: { act: string; id: string; stop_id?: string }[] = [];
  for await (const line of stage.db.files.read("journal/stops")) lines.push(line as never);
  return lines;
};
/** As if restored from a backup of before these stops. */
const forget = (stopIds: readonly string[]) =>
  stage.db.pool.query(
    `WITH a AS (DELETE FROM stop WHERE id = ANY($1::uuid[])), b AS (DELETE FROM stop_detail WHERE stop_id = ANY($1::uuid[])),
          c AS (DELETE FROM lift WHERE stop_id = ANY($1::uuid[]))
     DELETE FROM standing_stop WHERE stop_id = ANY($1::uuid[])`,
    [stopIds],
  );

test("a stop is in the journal when it is acknowledged, and an unanswered journal answers nobody", async () => {
  const contact = await addContact(stage, `journal-${newId()}@to.example`);
  const { stop } = await deactivate(contact.id);
  expect((await journal()).at(-1)).toMatchObject({ act: "stop", id: stop.id, subject: contact.id });

  const other = await addContact(stage, `journal-${newId()}@to.example`);
  const append = DurableFiles.prototype.append;
  DurableFiles.prototype.append = async () => {
    throw new Error("no space left on device");
  };
  try {
    await expect(deactivate(other.id)).rejects.toThrow("no space");
  } finally {
    DurableFiles.prototype.append = append;
  }
  // It stands, though nobody was told; asking again journals it before the answer (S8).
  const again = await deactivate(other.id);
  expect(again.added).toBe(false);
  expect((await journal()).at(-1)).toMatchObject({ act: "stop", id: again.stop.id });
});

test("a restored backup is told of every later stop and lift, and replaying twice changes nothing", async () => {
  const [stopped, lifted] = [
    await addContact(stage, `restore-${newId()}@to.example`),
    await addContact(stage, `restore-${newId()}@to.example`),
  ];
  const stops = [(await deactivate(stopped.id)).stop.id, (await deactivate(lifted.id)).stop.id];
  await lift(stops[1] as string);
  expect(await missingStops(stage.db)).toBe(0);
  await forget(stops);
  expect([await eligible(stopped.id), await eligible(lifted.id)]).toEqual([true, true]);
  expect(await missingStops(stage.db)).toBe(2);
  expect(await replayJournal(stage.db)).toEqual({ stops: 2, lifts: 1 });
  expect([await eligible(stopped.id), await eligible(lifted.id)]).toEqual([false, true]);
  expect(await missingStops(stage.db)).toBe(0);
  expect(await replayJournal(stage.db)).toEqual({ stops: 0, lifts: 0 });
  expect([await eligible(stopped.id), await eligible(lifted.id)]).toEqual([false, true]);
});

test("any stops and lifts, any backup, any order of journal lines: whoever was stopped stays stopped", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("stop", "lift"), { minLength: 1, maxLength: 8 }),
      fc.nat(8),
      fc.array(fc.nat(20), { maxLength: 20 }),
      fc.boolean(),
      async (acts, kept, order, stoppedAgainBeforeReplay) => {
        const contact = await addContact(stage, `any-${newId()}@to.example`);
        const made: string[] = [];
        for (const act of acts) {
          if (act === "stop") made.push((await deactivate(contact.id)).stop.id);
          else if (made.length > 0) await lift(made.at(-1) as string).catch(ignoreConflict);
        }
        const expected = await eligible(contact.id);
        // A backup knows the first stops, and none of the lifts that came later.
        const ids = [...new Set(made)];
        const known = ids.slice(0, kept);
        await forget(ids.slice(kept));
        const last = known.at(-1);
        if (last !== undefined) await unlift(last);
        const whole = await journal();
        const before = whole.filter((line) => ids.includes(line.stop_id ?? line.id));
        if (stoppedAgainBeforeReplay) await deactivate(contact.id);
        const after = (await journal()).slice(whole.length);
        await replayLines([...shuffled(before, order), ...after]);
        expect(await missingStops(stage.db)).toBe(0);
        const now = await eligible(contact.id);
        if (stoppedAgainBeforeReplay || !expected) expect(now).toBe(false);
        // Lines out of order may bring a stop back, and never lose one.
        else if (order.every((nth) => nth === 0)) expect(now).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
}, 120_000);

function ignoreConflict(error: unknown): void {
  if (!isHeedError(error) || error.code !== "state_conflict") throw error;
}

/** The stop stands again, as it did when the backup was made. */
async function unlift(stopId: string): Promise<void> {
  await stage.db.pool.query("DELETE FROM lift WHERE stop_id = $1", [stopId]);
  await stage.db.pool.query(
    `INSERT INTO standing_stop (workspace_id, stop_id, subject, subject_type, kind, cause, channel, topic_id, campaign_id, direction, made_at)
     SELECT workspace_id, id, subject, subject_type, kind, cause, channel, topic_id, campaign_id, direction, made_at
     FROM stop WHERE id = $1 ON CONFLICT DO NOTHING`,
    [stopId],
  );
}

/** In another order, as several processes may have written their lines. */
function shuffled<T>(lines: readonly T[], order: readonly number[]): T[] {
  const left = [...lines];
  return lines.flatMap((_, i) => left.splice((order[i] ?? 0) % left.length, 1));
}

async function replayLines(lines: readonly unknown[]): Promise<void> {
  const files = Object.assign(Object.create(stage.db.files), {
    async *read() {
      yield* lines;
    },
  });
  const inWorkspace = stage.db.inWorkspace.bind(stage.db);
  await replayJournal(Object.assign(Object.create(stage.db), { files, inWorkspace }));
}
