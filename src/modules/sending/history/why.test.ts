import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import type { Tx } from "../../../kernel/database/index.ts";
import { liftStop, makeStop } from "../../consent/index.ts";
import { keyOfAddress } from "../../contacts/index.ts";
import { record, sealAll } from "../../ledger/index.ts";
import { type SendingServer, sendingServer } from "../testing.ts";
import { actsOn } from "./testing.ts";

let heed: SendingServer;
let acts: ReturnType<typeof actsOn>;
beforeAll(async () => {
  heed = await sendingServer();
  acts = actsOn(heed);
});
afterAll(() => heed.close());

const inTx = <T>(act: (tx: Tx) => Promise<T>) => acts.inTx(act);
const ask = async (contactId: string, query = "") =>
  (await heed.call("GET", `/contacts/${contactId}/why${query}`)).body;
const at = (time: Date | string) =>
  `?at=${encodeURIComponent(typeof time === "string" ? time : time.toISOString())}`;

describe("why", () => {
  it("tells before, between and after a stop and its lift apart, with the ledger's proof", async () => {
    const contact = await acts.addContact();
    await acts.pause();
    const before = new Date();
    await acts.pause();
    const { stop } = await inTx((tx) =>
      makeStop(tx, {
        kind: "deactivation",
        subject: { contactId: contact.id },
        cause: "user",
        because: "asked by phone",
        actor: acts.user(),
      }),
    );
    await acts.pause();
    const between = new Date();
    await acts.pause();
    await inTx((tx) =>
      liftStop(tx, {
        stopId: stop.id,
        actor: acts.user(),
        lifter: { as: "user", permissions: new Set(["contacts.reactivate"]) },
        authorization: "Ada, by mail",
      }),
    );
    await sealAll(heed.db);

    expect(await ask(contact.id, at(before))).toMatchObject({ eligible: true, refusals: [] });
    const then = await ask(contact.id, at(between));
    expect(then).toMatchObject({
      eligible: false,
      refusals: [{ code: "deactivated", basis: "recorded", stop_id: stop.id }],
    });
    expect(then.answer).toMatch(
      /^Not written to: deactivated on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by a user \("asked by phone"\)\.$/,
    );
    expect(then.refusals[0].until).not.toBeNull();
    const entry = (await heed.call("GET", `/ledger?contact_id=${contact.id}&act=stop.made`)).body
      .items[0];
    expect(then.refusals[0]).toMatchObject({
      ledger_entry_id: entry.id,
      block_number: entry.block_number,
    });
    expect(entry.block_number).toBeGreaterThan(0);
    const now = await ask(contact.id);
    expect(now).toMatchObject({
      eligible: true,
      answer: "No message was due; nothing stood against writing.",
    });
    // The very moment that the stop shows as its own counts as stopped, that of its lift does not.
    expect((await ask(contact.id, at(then.refusals[0].since))).eligible).toBe(false);
    expect((await ask(contact.id, at(then.refusals[0].until))).eligible).toBe(true);
  });

  it("names the link that was pressed", async () => {
    const contact = await acts.addContact();
    const messageId = await acts.queue(contact);
    await acts.send();
    const { key } = await inTx(async (tx) => keyOfAddress(tx.secrets, "email", contact.email));
    await inTx((tx) =>
      makeStop(tx, {
        kind: "unsubscribe",
        subject: { key, channel: "email" },
        channel: "email",
        cause: "link",
        evidence: { message_id: messageId },
        actor: { type: "recipient", id: null },
      }),
    );
    const { answer, refusals, messages } = await ask(contact.id);
    expect(answer).toContain(`by pressing the link in message ${messageId}.`);
    expect(answer).toContain("Written to on ");
    // The claim saw the fence as it was before the stop: it came first, whatever the clocks say.
    expect(answer).toContain("claimed before that stop was committed");
    expect(messages[0].fences.key).toBeLessThan(refusals[0].fence);
    expect(messages[0].claimed_before).toEqual([refusals[0].stop_id]);
  });

  it("names the stop that cancelled a message, also after the stop is lifted", async () => {
    const contact = await acts.addContact();
    const messageId = await acts.queue(contact, { due_at: new Date(Date.now() + 3_600_000) });
    const { stop } = await inTx((tx) =>
      makeStop(tx, {
        kind: "do_not_contact",
        subject: { contactId: contact.id },
        cause: "user",
        actor: acts.user(),
      }),
    );
    await acts.pause();
    await inTx((tx) =>
      liftStop(tx, {
        stopId: stop.id,
        actor: acts.user(),
        lifter: { as: "user", permissions: new Set(["contacts.edit"]) },
      }),
    );
    const message = (await heed.call("GET", `/messages/${messageId}`)).body;
    expect(message).toMatchObject({
      state: "cancelled",
      refusals: ["do_not_contact"],
      cancelled_by: [{ stop_id: stop.id, kind: "do_not_contact" }],
    });
    const { answer, eligible } = await ask(contact.id, `?message_id=${messageId}`);
    expect(eligible).toBe(false); // at the moment it was cancelled
    expect(answer).toMatch(
      new RegExp(
        `^Not written to: message ${messageId} was cancelled on .* UTC: set to do not contact on .* by a user\\.$`,
      ),
    );
    expect((await ask(contact.id)).eligible).toBe(true);
  });

  it("names the domain's stop that the gate found at the claim", async () => {
    const contact = { email: "ada@refused.example.com", id: "" };
    contact.id = await inTx((tx) => buildContactRow(tx, { email: contact.email }));
    const messageId = await acts.queue(contact);
    const { stop } = await inTx((tx) =>
      makeStop(tx, {
        kind: "suppression",
        subject: { domain: "example.com" },
        cause: "manual",
        actor: acts.user(),
      }),
    );
    expect(await acts.send()).toEqual([]);
    const message = (await heed.call("GET", `/messages/${messageId}`)).body;
    expect(message.cancelled_by.map((each: { stop_id: string }) => each.stop_id)).toEqual([
      stop.id,
    ]);
  });

  it("says that a message was sent and nothing stood against it", async () => {
    const contact = await acts.addContact();
    const messageId = await acts.queue(contact);
    expect(await acts.send()).toEqual([messageId]);
    expect((await ask(contact.id)).answer).toMatch(
      /^Written to on .*: nothing stood against message .* when it was claimed\.$/,
    );
    // A day later that message is not what was asked about.
    await inTx((tx) =>
      sql`UPDATE message SET created_at = created_at - interval '3 days', finished_at = finished_at - interval '3 days' WHERE id = ${messageId}`.execute(
        tx,
      ),
    );
    expect((await ask(contact.id)).answer).toContain("No message was due");
  });

  it("says so when the addresses were changed since, or the contact came later", async () => {
    const contact = await acts.addContact();
    await acts.pause();
    const then = new Date();
    await acts.pause();
    await inTx((tx) =>
      record(tx, {
        act: "contact.edited",
        actor: acts.user(),
        contactId: contact.id,
        detail: { fields: ["addresses"] },
      }),
    );
    expect((await ask(contact.id, at(then))).caveats[0]).toContain("The addresses were changed on");
    expect((await ask(contact.id)).caveats).toEqual([]);
    expect((await ask(contact.id, at("2020-01-01T00:00:00Z"))).answer).toContain(
      "this contact was made later",
    );
  });
});
