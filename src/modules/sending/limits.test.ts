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
import { newId } from "../../kernel/ids.ts";
import { makeStop } from "../consent/index.ts";
import { system } from "../ledger/index.ts";

/** Two workers send for a while; returns the moments (ms) at which the server accepted. */
async function sendWithLimits(options: {
  perSecond?: number;
  perDay?: number;
  messages: number;
  /** Three of four may not go. */
  stopped?: boolean;
  forMs: number;
}) {
  const smtp = await startRecordingSmtp();
  const stage = await setStage({ smtpPort: smtp.port, inMemory: true, ...options, reactions: [] });
  const workers = [newId(), newId()];
  try {
    for (let i = 0; i < options.messages; i++) {
      const contact = await addContact(stage, `limited${i}@to.example`);
      await queue(stage, [messageTo(stage, contact)]);
      if (options.stopped && i % 4 !== 3) {
        const subject = { contactId: contact.id };
        await stage.db.inWorkspace(stage.workspaceId, (tx) =>
          makeStop(tx, { kind: "deactivation", subject, cause: "user", actor: system }),
        );
      }
    }
    for (const id of workers) await registerWorker(stage.db, id);
    const begun = Date.now();
    const senders = workers.map((workerId) => startWorker(stage.db, { workerId }));
    await new Promise((wake) => setTimeout(wake, options.forMs));
    await Promise.all(senders.map((sender) => sender.stop()));
    const seconds = (Date.now() - begun) / 1_000;
    const { rows } = await stage.db.pool.query("SELECT state FROM message");
    return { accepted: smtp.accepted.length, seconds, states: rows.map((row) => row.state) };
  } finally {
    await stage.close();
    await smtp.close();
  }
}

test("workers share an account's limit per second", async () => {
  const { accepted, seconds } = await sendWithLimits({ perSecond: 5, messages: 40, forMs: 3_000 });
  // The bucket holds one second's worth when it begins full.
  expect(accepted).toBeLessThanOrEqual(5 * (seconds + 1));
  expect(accepted).toBeGreaterThanOrEqual(10);
});

test("workers share an account's limit per day, and a message that may not go uses up none of it", async () => {
  const { accepted, states } = await sendWithLimits({
    perDay: 7,
    messages: 40,
    stopped: true,
    forMs: 2_500,
  });
  expect(accepted).toBe(7);
  expect(states.filter((state) => state === "cancelled").length).toBe(30);
  expect(states.filter((state) => state === "queued").length).toBe(3);
});
