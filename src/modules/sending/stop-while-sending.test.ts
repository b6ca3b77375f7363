import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { stopReactions } from "../../../test/races/support/open-database.ts";
import {
  addContact,
  messageTo,
  queue,
  registerWorker,
  type Stage,
  setStage,
} from "../../../test/races/support/stage.ts";
import { startWorker } from "../../../test/races/support/start-worker.ts";
import { type RecordingSmtp, startRecordingSmtp } from "../../../test/servers/recording-smtp.ts";
import { newId } from "../../kernel/ids.ts";
import { type Reaction, when } from "../../kernel/reactions.ts";
import { makeStop, type StopRequest } from "../consent/index.ts";
import { system } from "../ledger/index.ts";
import { messagesAccepted, messagesFailed } from "./happenings.ts";
import type { Sender } from "./sender.ts";

let smtp: RecordingSmtp;
let stage: Stage;
let failNext = 0;

/** Beside what every stop does: bounces suppress, and recording an acceptance can be made to fail. */
const reactions: readonly Reaction[] = [
  ...stopReactions,
  when(messagesAccepted, async () => {
    if (failNext-- > 0) throw new Error("the database is out of reach");
  }),
  when(messagesFailed, async (tx, messages) => {
    for (const { key, hard } of messages) {
      if (!hard) continue;
      const subject = { key, channel: "email" } as const;
      await makeStop(tx, { kind: "suppression", subject, cause: "hard_bounce", actor: system });
    }
  }),
];

beforeAll(async () => {
  smtp = await startRecordingSmtp();
  stage = await setStage({ smtpPort: smtp.port, inMemory: true, reactions });
});
beforeEach(() => {
  smtp.forget();
  smtp.behave(null, undefined);
  failNext = 0;
});
afterAll(async () => {
  await stage.close();
  await smtp.close();
});

const stop = (request: Pick<StopRequest, "kind" | "subject"> & Partial<StopRequest>) =>
  stage.db.inWorkspace(stage.workspaceId, (tx) =>
    makeStop(tx, { cause: "manual", actor: system, ...request }),
  );
const stateOf = async (id: string) =>
  (await stage.db.pool.query("SELECT state FROM message WHERE id = $1", [id])).rows[0]?.state;

async function until(done: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms.`);
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

async function startSending(): Promise<Sender> {
  const workerId = newId();
  await registerWorker(stage.db, workerId);
  return startWorker(stage.db, { workerId });
}

test("stops what is queued in its scope, and says how many", async () => {
  const contact = await addContact(stage, `queued-${newId()}@to.example`);
  const campaign = newId();
  const later = { due_at: new Date(Date.now() + 60_000) };
  const messages = [
    messageTo(stage, contact, { campaign_id: campaign, ...later }),
    messageTo(stage, contact, { campaign_id: campaign, ...later }),
    messageTo(stage, contact, { campaign_id: newId(), ...later }),
  ];
  await queue(stage, messages);
  const subject = { contactId: contact.id };
  const one = await stop({ kind: "do_not_contact", subject, campaignId: campaign });
  expect(one).toMatchObject({ added: true, cancelledMessages: 2, underWay: [] });
  expect(await stateOf(messages[2]?.id as string)).toBe("queued");
  const all = await stop({ kind: "deactivation", subject });
  expect(all.cancelledMessages).toBe(1);
  expect((await stop({ kind: "deactivation", subject })).cancelledMessages).toBe(0);
  const { rows } = await stage.db.pool.query(
    "SELECT stop_id, refusals FROM message WHERE id = $1",
    [messages[0]?.id],
  );
  expect(rows).toEqual([{ stop_id: one.stop.id, refusals: 256 }]);
});

const further = `private-${newId()}@elsewhere.example`;
test.each([
  ["its contact", (id: string) => ({ kind: "deactivation", subject: { contactId: id } }) as const],
  [
    "its address",
    (_: string, value: string) =>
      ({ kind: "suppression", subject: { address: { channel: "email", value } } }) as const,
  ],
  ["its domain", () => ({ kind: "suppression", subject: { domain: "stopped.example" } }) as const],
  [
    "a further address of its contact",
    () =>
      ({
        kind: "unsubscribe",
        subject: { address: { channel: "email", value: further } },
      }) as const,
  ],
])(
  "a message that is being handed over when %s is stopped is waited for, and named in the receipt",
  async (_, stopOf) => {
    await stage.db.pool.query("DELETE FROM standing_stop");
    await stage.db.pool.query("DELETE FROM contact_address");
    const contact = await addContact(stage, `slow-${newId()}@mail.stopped.example`, further);
    // The domain itself, not only one above it.
    const message = messageTo(stage, contact);
    smtp.behave(message.address, { do: "delay", delayMs: 3_500 });
    const sender = await startSending();
    await queue(stage, [message]);
    await until(() => smtp.accepted.length === 1);
    const begun = Date.now();
    const receipt = await stop(stopOf(contact.id, message.address));
    const took = Date.now() - begun;
    expect(receipt.underWay).toEqual([{ message_id: message.id, state: "claimed" }]);
    expect(took).toBeGreaterThanOrEqual(1_950);
    await until(async () => (await stateOf(message.id)) === "accepted");
    await sender.stop();
  },
);

test("a stop between claim and final dot takes the message back", async () => {
  const contact = await addContact(stage, `caught-${newId()}@to.example`);
  const message = messageTo(stage, contact);
  const workerId = newId();
  await registerWorker(stage.db, workerId);
  let stopped: Promise<unknown> | undefined;
  const sender = startWorker(stage.db, {
    workerId,
    wrap: (transport) => ({
      ...transport,
      connections: transport.connections,
      close: () => transport.close(),
      async handOver(input) {
        stopped = stop({ kind: "deactivation", subject: { contactId: contact.id } });
        await until(async () => {
          const { rows } = await stage.db.pool.query(
            "SELECT FROM standing_stop WHERE subject = $1",
            [contact.id],
          );
          return rows.length > 0;
        });
        return transport.handOver(input);
      },
    }),
  });
  await queue(stage, [message]);
  await until(async () => (await stateOf(message.id)) === "cancelled");
  expect(await stopped).toMatchObject({ underWay: [] });
  await sender.stop();
  expect(smtp.accepted).toEqual([]);
  expect(smtp.counts.abandoned).toBe(1);
});

test("what the provider said is recorded although recording fails for a while", async () => {
  const contact = await addContact(stage, `recorded-${newId()}@to.example`);
  const message = messageTo(stage, contact);
  failNext = 3;
  const sender = await startSending();
  await queue(stage, [message]);
  await until(async () => (await stateOf(message.id)) === "accepted");
  await sender.stop();
  expect(smtp.accepted.length).toBe(1);
});
