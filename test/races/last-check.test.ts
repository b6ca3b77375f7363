import { expect, test } from "vitest";
import { newId } from "../../src/kernel/ids.ts";
import { makeStop } from "../../src/modules/consent/index.ts";
import { system } from "../../src/modules/ledger/index.ts";
import type { HandOver, Transport } from "../../src/modules/sending/index.ts";
import { startServerProcess } from "../servers/server-process.ts";
import { addContact, messageTo, queue, registerWorker, setStage } from "./support/stage.ts";
import { startWorker } from "./support/start-worker.ts";

const handOverMs = 60;

/** A slow way to the wire: what was claimed waits a while before its envelope goes out. */
const slow =
  (ask: (input: HandOver) => HandOver["stillAllowed"]) =>
  (transport: Transport): Transport => ({
    connections: transport.connections,
    close: () => transport.close(),
    async handOver(input) {
      await new Promise((wake) => setTimeout(wake, handOverMs));
      return transport.handOver({ ...input, stillAllowed: ask(input) });
    },
  });

/** Stops people while their messages are on that way; returns how long after the stop's commit each was accepted (ms). */
async function windows(ask: (input: HandOver) => HandOver["stillAllowed"]): Promise<number[]> {
  const smtp = await startServerProcess();
  const stage = await setStage({ smtpPort: smtp.port, connections: 10, inMemory: true });
  const workerId = newId();
  await registerWorker(stage.db, workerId);
  const sender = startWorker(stage.db, { workerId, wrap: slow(ask) });
  try {
    const late: { id: string; committedNs: bigint }[] = [];
    const race = async (i: number) => {
      const contact = await addContact(stage, `window${i}@to.example`);
      const message = messageTo(stage, contact);
      await queue(stage, [message]);
      await new Promise((wake) => setTimeout(wake, 10 + Math.random() * handOverMs));
      let committedNs = 0n;
      await stage.db.inWorkspace(stage.workspaceId, async (tx) => {
        tx.afterCommit(async () => {
          committedNs = process.hrtime.bigint();
        });
        const subject = { contactId: contact.id };
        await makeStop(tx, { kind: "deactivation", subject, cause: "user", actor: system });
      });
      late.push({ id: message.id, committedNs });
    };
    for (let i = 0; i < 60; i += 6) await Promise.all([0, 1, 2, 3, 4, 5].map((j) => race(i + j)));
    const accepted = await smtp.accepted();
    return late.flatMap(({ id, committedNs }) => {
      const mail = accepted.find((each) => each.data.includes(`Message-ID: <${id}@`));
      const after = mail ? Number(mail.acceptedAtNs - committedNs) / 1e6 : 0;
      return after > 0 ? [after] : [];
    });
  } finally {
    await sender.stop();
    await stage.close();
    await smtp.close();
  }
}

test("the check before the final dot closes the window that the claim leaves open", async () => {
  const withCheck = await windows((input) => input.stillAllowed);
  // Broken: trusts the claim.
  const withoutCheck = await windows(() => async () => true);
  console.log(
    `accepted after the stop's commit: ${withCheck.length} of 60 with the check, at most ${Math.max(0, ...withCheck)} ms; ` +
      `${withoutCheck.length} of 60 without, at most ${Math.max(0, ...withoutCheck)} ms`,
  );
  // What had passed the check when the stop committed is on the wire already.
  expect(Math.max(0, ...withCheck)).toBeLessThan(50);
  expect(withCheck.length).toBeLessThan(withoutCheck.length / 2);
  expect(withoutCheck.filter((ms) => ms > 10).length).toBeGreaterThan(5);
});
