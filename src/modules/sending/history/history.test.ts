import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import { liftStop, makeStop } from "../../consent/index.ts";
import { keyOfAddress } from "../../contacts/index.ts";
import { record, sealAll } from "../../ledger/index.ts";
import { defaultAccount } from "../accounts/default-account.ts";
import { claimMessages } from "../claim.ts";
import { queueMessages } from "../queue-messages.ts";
import { recordAll } from "../record-outcomes.ts";
import { type Person, type SendingServer, sendingServer } from "../testing.ts";

let heed: SendingServer;
beforeAll(async () => {
  heed = await sendingServer();
});
afterAll(() => heed.close());

const inTx = <T>(act: (tx: Tx) => Promise<T>) => heed.db.inWorkspace(heed.workspaceId, act);
const user = () => ({ type: "user" as const, id: heed.userId });
const pause = (ms = 15) => new Promise((wake) => setTimeout(wake, ms));

let number = 0;
async function addContact(ownerId: string | null = null): Promise<{ id: string; email: string }> {
  const email = `person${++number}@example.org`;
  return { id: await inTx((tx) => buildContactRow(tx, { email, ownerId })), email };
}

async function queue(
  contact: { id: string; email: string },
  more: { due_at?: Date; campaign_id?: string | null } = {},
): Promise<string> {
  const id = newId();
  await inTx(async (tx) => {
    const account = await defaultAccount(tx, "email");
    const { key, value } = keyOfAddress(tx.secrets, "email", contact.email);
    await queueMessages(tx, [
      {
        id,
        campaign_id: null,
        follow_up_id: null,
        round: 1,
        step: 0,
        contact_id: contact.id,
        channel: "email",
        topic_id: null,
        address: value,
        key,
        account_id: account?.id ?? "",
        due_at: new Date(),
        ...more,
      },
    ]);
  });
  return id;
}

/** Claims what is due and records it as accepted. */
async function send(): Promise<string[]> {
  const account = await inTx((tx) => defaultAccount(tx, "email"));
  const claimed = await inTx((tx) =>
    claimMessages(tx, { accountId: account?.id ?? "", workerId: newId(), limit: 50 }),
  );
  await inTx((tx) =>
    recordAll(
      tx,
      claimed.map((message) => ({
        message,
        result: { outcome: "accepted", providerId: null, response: "250 ok" },
      })),
      () => 0.5,
    ),
  );
  return claimed.map((message) => message.id);
}

const ask = async (contactId: string, query = "") =>
  (await heed.call("GET", `/contacts/${contactId}/why${query}`)).body;
const at = (time: Date | string) =>
  `?at=${encodeURIComponent(typeof time === "string" ? time : time.toISOString())}`;

describe("why", () => {
  it("tells before, between and after a stop and its lift apart, with the ledger's proof", async () => {
    const contact = await addContact();
    await pause();
    const before = new Date();
    await pause();
    const { stop } = await inTx((tx) =>
      makeStop(tx, {
        kind: "deactivation",
        subject: { contactId: contact.id },
        cause: "user",
        because: "asked by phone",
        actor: user(),
      }),
    );
    await pause();
    const between = new Date();
    await pause();
    await inTx((tx) =>
      liftStop(tx, {
        stopId: stop.id,
        actor: user(),
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
    const contact = await addContact();
    const messageId = await queue(contact);
    await send();
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
    const contact = await addContact();
    const messageId = await queue(contact, { due_at: new Date(Date.now() + 3_600_000) });
    const { stop } = await inTx((tx) =>
      makeStop(tx, {
        kind: "do_not_contact",
        subject: { contactId: contact.id },
        cause: "user",
        actor: user(),
      }),
    );
    await pause();
    await inTx((tx) =>
      liftStop(tx, {
        stopId: stop.id,
        actor: user(),
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
    const messageId = await queue(contact);
    const { stop } = await inTx((tx) =>
      makeStop(tx, {
        kind: "suppression",
        subject: { domain: "example.com" },
        cause: "manual",
        actor: user(),
      }),
    );
    expect(await send()).toEqual([]);
    const message = (await heed.call("GET", `/messages/${messageId}`)).body;
    expect(message.cancelled_by.map((each: { stop_id: string }) => each.stop_id)).toEqual([
      stop.id,
    ]);
  });

  it("says that a message was sent and nothing stood against it", async () => {
    const contact = await addContact();
    const messageId = await queue(contact);
    expect(await send()).toEqual([messageId]);
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
    const contact = await addContact();
    await pause();
    const then = new Date();
    await pause();
    await inTx((tx) =>
      record(tx, {
        act: "contact.edited",
        actor: user(),
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

describe("the timeline", () => {
  it("holds acts, stops, lifts and messages, newest first, each once over all pages", async () => {
    const contact = await addContact();
    await inTx((tx) =>
      record(tx, {
        act: "contact.edited",
        actor: user(),
        contactId: contact.id,
        detail: { fields: ["company"] },
      }),
    );
    await queue(contact);
    await send();
    const { key } = await inTx(async (tx) => keyOfAddress(tx.secrets, "email", contact.email));
    const { stop } = await inTx((tx) =>
      makeStop(tx, {
        kind: "suppression",
        subject: { key, channel: "email" },
        channel: "email",
        cause: "manual",
        actor: user(),
      }),
    );
    await inTx((tx) =>
      liftStop(tx, {
        stopId: stop.id,
        actor: user(),
        lifter: { as: "user", permissions: new Set(["stops.lift"]) },
        authorization: "Ada",
      }),
    );
    const cancelled = await queue(contact, { due_at: new Date(Date.now() + 60_000) });
    await inTx((tx) =>
      makeStop(tx, {
        kind: "deactivation",
        subject: { contactId: contact.id },
        cause: "user",
        actor: user(),
      }),
    );

    const items: {
      id: string;
      at: string;
      code: string;
      detail: Record<string, unknown>;
      ledger_entry_id: string | null;
    }[] = [];
    let cursor = "";
    do {
      const { status, body } = await heed.call(
        "GET",
        `/contacts/${contact.id}/timeline?limit=2${cursor}`,
      );
      expect(status).toBe(200);
      items.push(...body.items);
      cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : "";
    } while (cursor !== "");
    expect(items.map((item) => item.code).sort()).toEqual([
      "contact.created",
      "contact.edited",
      "message.accepted",
      "message.cancelled",
      "message.queued",
      "message.queued",
      "stop.lifted",
      "stop.made",
      "stop.made",
    ]);
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    expect(items.map((item) => item.at)).toEqual(
      items
        .map((item) => item.at)
        .sort()
        .reverse(),
    );
    const ended = items.find((item) => item.code === "message.cancelled");
    expect(ended?.detail).toMatchObject({ message_id: cancelled, refusals: ["deactivated"] });
    expect(
      items
        .filter((item) => item.code.startsWith("stop."))
        .every((item) => item.ledger_entry_id !== null),
    ).toBe(true);
    const bad = await heed.call(
      "GET",
      `/contacts/${contact.id}/timeline?cursor=${Buffer.from('["x","y"]').toString("base64url")}`,
    );
    expect(bad.body.error.code).toBe("bad_cursor");
  });
});

describe("those who see only their own contacts", () => {
  let seller: Person;
  beforeAll(async () => {
    seller = await heed.addPerson("Salesperson");
  });

  it("see the history of those alone", async () => {
    const [mine, theirs] = [await addContact(seller.userId), await addContact(heed.userId)];
    const [toMine, toTheirs] = [await queue(mine), await queue(theirs)];
    const paths = (contact: string, message: string) => [
      `/contacts/${contact}/timeline`,
      `/contacts/${contact}/why`,
      `/contacts/${contact}/messages`,
      `/messages/${message}`,
      `/contacts/${contact}/why?message_id=${message}`,
    ];
    for (const path of paths(mine.id, toMine))
      expect((await heed.call("GET", path, { as: seller })).status).toBe(200);
    for (const path of paths(theirs.id, toTheirs))
      expect((await heed.call("GET", path, { as: seller })).status).toBe(404);
    expect(
      (await heed.call("GET", `/contacts/${mine.id}/why?message_id=${toTheirs}`, { as: seller }))
        .status,
    ).toBe(404);
    const { body } = await heed.call("GET", `/contacts/${mine.id}/messages`, { as: seller });
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([toMine]);
  });
});
