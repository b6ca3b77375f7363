import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forkWorker } from "../../../test/races/support/processes.ts";
import {
  addContact,
  buryWorker,
  messageTo,
  queue,
  registerWorker,
  type Stage,
  setStage,
} from "../../../test/races/support/stage.ts";
import {
  startWorker,
  trivialComposer,
  type WorkerOptions,
} from "../../../test/races/support/start-worker.ts";
import { type RecordingSmtp, startRecordingSmtp } from "../../../test/servers/recording-smtp.ts";
import { newId } from "../../kernel/ids.ts";
import type { Composer } from "./composer.ts";
import { sweepOrphans } from "./sender.ts";

let smtp: RecordingSmtp;
let stage: Stage;
beforeAll(async () => {
  smtp = await startRecordingSmtp();
  stage = await setStage({ smtpPort: smtp.port, inMemory: true });
});
beforeEach(async () => {
  smtp.forget();
  smtp.behave(null, undefined);
  await stage.db.pool.query("DELETE FROM message");
});
afterAll(async () => {
  await stage.close();
  await smtp.close();
});

const rows = async () =>
  (
    await stage.db.pool.query(
      "SELECT *, extract(epoch FROM due_at - now()) AS wait FROM message ORDER BY address, id",
    )
  ).rows;
const states = async () => (await rows()).map((row) => row.state);
const makeDue = () =>
  stage.db.pool.query("UPDATE message SET due_at = now() WHERE state = 'queued'");

/** Sends with the real sender until the condition holds, then stops it gracefully. */
async function sendUntil(done: () => Promise<boolean>, options: Partial<WorkerOptions> = {}) {
  const workerId = newId();
  await registerWorker(stage.db, workerId);
  const sender = startWorker(stage.db, { workerId, ...options });
  try {
    await until(done);
  } finally {
    await sender.stop();
  }
  return workerId;
}

async function until(done: () => Promise<boolean>, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${await states()}`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
}

const noneOpen = async () => (await states()).every((s) => s !== "queued" && s !== "claimed");
const noneDue = async () =>
  (await rows()).every(
    (row) => row.state !== "claimed" && (row.state !== "queued" || row.wait > 1),
  );

async function contacts(count: number, prefix: string) {
  return Promise.all(
    Array.from({ length: count }, (_, i) =>
      addContact(stage, `${prefix}${i}-${newId()}@to.example`),
    ),
  );
}

test("tries again about a minute after a temporary refusal, later each time, and sends once", async () => {
  const [contact] = await contacts(1, "greylisted");
  const message = messageTo(stage, contact as never);
  await queue(stage, [message]);
  smtp.behave(message.address, { do: "reply", at: "rcpt", reply: "451 4.3.0 try later", times: 2 });
  await sendUntil(noneDue);
  const [first] = await rows();
  expect(first).toMatchObject({ state: "queued", attempts: 1, because: "4.3.0" });
  expect(Number(first.wait)).toBeGreaterThan(45);
  expect(Number(first.wait)).toBeLessThan(73);
  await makeDue();
  await sendUntil(noneDue);
  expect(Number((await rows())[0].wait)).toBeGreaterThan(93);
  await makeDue();
  await sendUntil(noneOpen);
  expect(await rows()).toMatchObject([{ state: "accepted", attempts: 3 }]);
  expect(smtp.accepted.map((mail) => mail.to)).toEqual([[message.address]]);
});

test("a server that is out of reach costs no message, and what was queued goes out once it is back", async () => {
  const away = await startRecordingSmtp();
  await away.close();
  await stage.db.pool.query("UPDATE sending_account SET port = $1", [away.port]);
  const messages = (await contacts(5, "outage")).map((contact) => messageTo(stage, contact));
  await queue(stage, messages);
  await sendUntil(noneDue);
  expect(new Set(await states())).toEqual(new Set(["queued"]));
  const back = await startRecordingSmtp({ port: away.port });
  await makeDue();
  await sendUntil(noneOpen);
  await stage.db.pool.query("UPDATE sending_account SET port = $1", [smtp.port]);
  expect(back.accepted.map((mail) => mail.to[0]).sort()).toEqual(
    messages.map((m) => m.address).sort(),
  );
  await back.close();
});

test("an outage uses up nothing of the tries of a message that is greylisted afterwards", async () => {
  const [contact] = await contacts(1, "outage-then-greylisted");
  const message = messageTo(stage, contact as never);
  await queue(stage, [message]);
  await stage.db.pool.query("UPDATE message SET attempts = 20, faults = 19");
  const away = await startRecordingSmtp();
  await away.close();
  await stage.db.pool.query("UPDATE sending_account SET port = $1", [away.port]);
  await sendUntil(noneDue);
  await stage.db.pool.query("UPDATE sending_account SET port = $1", [smtp.port]);
  smtp.behave(message.address, { do: "reply", at: "rcpt", reply: "451 4.3.0 try later", times: 1 });
  await makeDue();
  await sendUntil(noneDue);
  const [greylisted] = await rows();
  expect(greylisted).toMatchObject({ state: "queued", attempts: 22, faults: 20, because: "4.3.0" });
  // Its second answer: about two minutes, not hours.
  expect(Number(greylisted.wait)).toBeLessThan(150);
});

test.each([
  ["never answers", { do: "hang", at: "dot", records: true }],
  ["hangs up", { do: "drop", at: "dot", records: true }],
] as const)(
  "a message whose server %s after the final dot is unknown, and never sent again",
  async (_, behaviour) => {
    const [contact] = await contacts(1, "silent");
    await queue(stage, [messageTo(stage, contact as never)]);
    smtp.behave(null, behaviour);
    await sendUntil(noneOpen, { limits: { answerMs: 300 } });
    expect(await states()).toEqual(["unknown"]);
    smtp.behave(null, undefined);
    await makeDue();
    let looks = 0;
    await sendUntil(async () => ++looks > 15);
    expect(await states()).toEqual(["unknown"]);
    expect(smtp.accepted.length).toBe(1);
  },
);

test("changed settings take effect although a server is silent on a message sent with the old ones", async () => {
  const [first, second] = await contacts(2, "moved");
  const hung = messageTo(stage, first as never);
  await queue(stage, [hung]);
  smtp.behave(hung.address, { do: "hang", at: "dot", records: true });
  const moved = await startRecordingSmtp();
  const sending = sendUntil(async () => moved.accepted.length === 1, {
    limits: { answerMs: 12_000 },
  });
  try {
    await until(async () => smtp.accepted.length === 1);
    await stage.db.pool.query("UPDATE sending_account SET port = $1", [moved.port]);
    await new Promise((wake) => setTimeout(wake, 5_500)); // they take effect within 5 s
    await queue(stage, [messageTo(stage, second as never)]);
    await sending;
  } finally {
    await stage.db.pool.query("UPDATE sending_account SET port = $1", [smtp.port]);
    await moved.close();
  }
  expect(new Set(await states())).toEqual(new Set(["unknown", "accepted"]));
});

test("a campaign whose content cannot be prepared fails its own messages, says why, and holds up nobody", async () => {
  const [one, two] = await contacts(2, "content");
  const [broken, sound] = [newId(), newId()];
  const messages = [
    messageTo(stage, one as never, { campaign_id: broken }),
    messageTo(stage, two as never, { campaign_id: sound }),
  ];
  await queue(stage, messages);
  const composer: Composer = {
    async prepare(tx, account, batch) {
      if (batch.some((m) => m.campaign_id === broken)) throw new Error("Unclosed tag at line 3");
      return trivialComposer.prepare(tx, account, batch);
    },
  };
  await sendUntil(noneOpen, { composer });
  const byId = new Map((await rows()).map((row) => [row.id, row]));
  expect(byId.get(messages[0]?.id)).toMatchObject({
    state: "failed",
    because: "Unclosed tag at line 3",
  });
  expect(byId.get(messages[1]?.id)).toMatchObject({ state: "accepted" });
});

test("what a killed worker was handing over is unknown; another sends the rest; nobody gets a thing twice", async () => {
  const messages = (await contacts(40, "killed")).map((contact) => messageTo(stage, contact));
  smtp.behave(null, { do: "delay", delayMs: 150 });
  const doomed = await forkWorker(stage.installation);
  await queue(stage, messages);
  await until(async () => smtp.counts.accepted >= 8);
  await doomed.kill();
  smtp.behave(null, undefined);
  const left = (await rows()).filter((row) => row.state === "claimed");
  expect(left.length).toBeGreaterThan(0);
  expect(await sweepOrphans(stage.db)).toBe(0); // it may only be slow
  await stage.db.pool.query(
    "UPDATE message SET claimed_at = claimed_at - interval '1 minute' WHERE state = 'claimed'",
  );
  expect(await sweepOrphans(stage.db)).toBe(0); // its heartbeat is fresh
  await buryWorker(stage.db, doomed.id);
  await sendUntil(noneOpen);
  const after = await rows();
  const unknown = after.filter((row) => row.state === "unknown").map((row) => row.id);
  expect(unknown.sort()).toEqual(left.map((row) => row.id).sort());
  expect(after.filter((row) => row.state === "accepted").length).toBe(40 - unknown.length);
  const reached = smtp.accepted.map((mail) => mail.to[0]);
  expect(new Set(reached).size).toBe(reached.length);
  const known = after.filter((row) => row.state === "accepted").map((row) => row.address);
  expect(known.filter((address) => !reached.includes(address))).toEqual([]);
});

test("several workers share the work of one account", async () => {
  await queue(
    stage,
    (await contacts(60, "shared")).map((contact) => messageTo(stage, contact)),
  );
  smtp.behave(null, { do: "delay", delayMs: 20 });
  const other = newId();
  await registerWorker(stage.db, other);
  const helper = startWorker(stage.db, { workerId: other });
  const worker = await sendUntil(noneOpen);
  await helper.stop();
  const claimedBy = new Set((await rows()).map((row) => row.claimed_by));
  expect(claimedBy).toEqual(new Set([worker, other]));
  expect(new Set(smtp.accepted.map((mail) => mail.to[0])).size).toBe(60);
  expect(smtp.accepted.length).toBe(60);
});

test("a worker that is told to stop leaves nothing claimed", async () => {
  await queue(
    stage,
    (await contacts(60, "graceful")).map((contact) => messageTo(stage, contact)),
  );
  smtp.behave(null, { do: "delay", delayMs: 50 });
  await sendUntil(async () => smtp.counts.accepted >= 5);
  const after = await states();
  expect(after).not.toContain("claimed");
  expect(after).toContain("queued");
  expect(after.filter((state) => state === "accepted").length).toBe(smtp.accepted.length);
});

test("a message follows its contact's new address, and goes nowhere once there is none", async () => {
  const [moved, bare] = await contacts(2, "moved");
  const messages = [messageTo(stage, moved as never), messageTo(stage, bare as never)];
  await queue(stage, messages);
  const [other] = await contacts(1, "elsewhere");
  // The other contact's address and keys, as an edit would write them.
  await stage.db.pool.query("UPDATE contact SET deletion_id = id WHERE id = $1", [other?.id]);
  await stage.db.pool.query("UPDATE contact SET email = $2, email_key = $3 WHERE id = $1", [
    moved?.id,
    other?.email,
    other?.email_key,
  ]);
  await stage.db.pool.query("UPDATE contact SET email = NULL, email_key = NULL WHERE id = $1", [
    bare?.id,
  ]);
  await sendUntil(noneOpen);
  expect(smtp.accepted.map((mail) => mail.to)).toEqual([[other?.email]]);
  const after = await rows();
  expect(after.find((row) => row.id === messages[0]?.id)).toMatchObject({
    state: "accepted",
    address: other?.email,
  });
  expect(after.find((row) => row.id === messages[1]?.id)).toMatchObject({
    state: "cancelled",
    refusals: 4,
  });
});

test("a contact in the bin gets nothing", async () => {
  const [contact] = await contacts(1, "deleted");
  await queue(stage, [messageTo(stage, contact as never)]);
  await stage.db.pool.query("UPDATE contact SET deletion_id = id WHERE id = $1", [contact?.id]);
  await sendUntil(noneOpen);
  expect(await rows()).toMatchObject([{ state: "cancelled", refusals: 1 }]);
  expect(smtp.counts.transactions).toBe(0);
});
