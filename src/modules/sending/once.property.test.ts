import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addContact,
  messageTo,
  queue,
  registerWorker,
  setStage,
} from "../../../test/races/support/stage.ts";
import { startWorker } from "../../../test/races/support/start-worker.ts";
import { startRecordingSmtp } from "../../../test/servers/recording-smtp.ts";
import type { SmtpBehaviour } from "../../../test/servers/smtp-record.ts";
import { newId } from "../../kernel/ids.ts";
import { backOff, nextTry } from "./rules.ts";

const stages = ["mail", "rcpt", "data", "body"] as const;
const replies = [
  "421 4.3.2 closing",
  "451 4.3.0 later",
  "550 5.1.1 no such user",
  "554 5.7.1 not wanted",
];
/** Anything a server may do to one message, and how often before it gives in. */
const behaviour: fc.Arbitrary<SmtpBehaviour | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({
    do: fc.constant("reply" as const),
    at: fc.constantFrom("mail", "rcpt", "data", "dot"),
    reply: fc.constantFrom(...replies),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    do: fc.constant("drop" as const),
    at: fc.constantFrom(...stages),
    times: fc.constant(1),
  }),
  fc.record({
    do: fc.constantFrom("drop" as const, "hang" as const),
    at: fc.constant("dot" as const),
    records: fc.boolean(),
    times: fc.constant(1),
  }),
  fc.record({ do: fc.constant("delay" as const), delayMs: fc.integer({ min: 1, max: 60 }) }),
);

test("whatever a server does, nobody gets a message twice, and Heed knows what it does not know", async () => {
  const smtp = await startRecordingSmtp();
  const stage = await setStage({ smtpPort: smtp.port, inMemory: true });
  const workers = [newId(), newId()];
  for (const id of workers) await registerWorker(stage.db, id);
  const read = async () =>
    (await stage.db.pool.query("SELECT id, address, state FROM message")).rows;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(behaviour, { minLength: 1, maxLength: 8 }), async (behaviours) => {
        await stage.db.pool.query("DELETE FROM message");
        smtp.forget();
        const messages = await Promise.all(
          behaviours.map(async (does) => {
            const contact = await addContact(stage, `once-${newId()}@to.example`);
            smtp.behave(contact.email, does);
            return messageTo(stage, contact);
          }),
        );
        await queue(stage, messages);
        const limits = { answerMs: 150, commandMs: 400, bodyMs: 400 };
        const senders = workers.map((workerId) => startWorker(stage.db, { workerId, limits }));
        const deadline = Date.now() + 20_000;
        for (let open = true; open; ) {
          if (Date.now() > deadline) throw new Error(JSON.stringify(await read()));
          // Time passes quickly here: whatever waits for its next try is due.
          await stage.db.pool.query("UPDATE message SET due_at = now() WHERE state = 'queued'");
          await new Promise((wake) => setTimeout(wake, 25));
          open = (await read()).some((row) => row.state === "queued" || row.state === "claimed");
        }
        await Promise.all(senders.map((sender) => sender.stop()));
        for (const row of await read()) {
          const times = smtp.accepted.filter((mail) => mail.to[0] === row.address).length;
          expect(times).toBeLessThanOrEqual(1);
          if (times === 1) expect(["accepted", "unknown"]).toContain(row.state);
          if (row.state === "accepted") expect(times).toBe(1);
        }
      }),
      { numRuns: 15 },
    );
  } finally {
    await stage.close();
    await smtp.close();
  }
}, 180_000);

test("waits longer with every try, six hours at most, and gives up in the end", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempts, chance) => {
        const wait = backOff(attempts, chance);
        expect(wait).toBeGreaterThanOrEqual(48_000);
        expect(wait).toBeLessThanOrEqual(6 * 3_600_000 * 1.2);
        expect(backOff(attempts + 1, chance)).toBeGreaterThanOrEqual(wait);
        const answered = { answered: attempts, faults: 500 };
        expect(nextTry(answered, { at: "recipient" }, chance)).toBe(attempts >= 8 ? null : wait);
        // A provider that is out of reach says nothing about the message.
        const outOfReach = nextTry(
          { answered: 500, faults: attempts },
          { at: "connection", retryAfterMs: 5_000 },
          chance,
        );
        if (attempts < 100) expect(outOfReach).toBeGreaterThanOrEqual(5_000);
        else expect(outOfReach).toBeNull();
      },
    ),
  );
});
