import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { listEntries, system } from "../ledger/index.ts";
import { createContact } from "./create-contact.ts";
import { addressesOf } from "./present.ts";
import { findContactByAddress, listFurther } from "./queries.ts";
import { keyOfAddress } from "./read-addresses.ts";
import { buildWorld, everybody, type World } from "./testing.ts";
import { contactTimelineFacts } from "./timeline.ts";
import { requireVisible } from "./visibility.ts";

let test: TestDatabase;
let world: World;
beforeAll(async () => {
  test = await freshDatabase();
  world = await buildWorld(test.db);
});
afterAll(() => test.close());

const email = (value: string) => ({ channel: "email" as const, value });
const sms = (value: string) => ({ channel: "sms" as const, value });
const whatsapp = (value: string) => ({ channel: "whatsapp" as const, value });
const refused = (code: string, details: object = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

async function addressesShown(id: string) {
  return world.act(async (tx) =>
    addressesOf(await requireVisible(tx, everybody, id), await listFurther(tx, [id])),
  );
}

describe("adding a contact", () => {
  it("keeps the first email and the first number as primary and the rest beside them", async () => {
    const contact = await world.create({
      first_name: "Ada",
      addresses: [
        sms("+32 470 00 00 01"),
        email("Ada@Example.org"),
        email("ada@work.example"),
        sms("+32470000002"),
      ],
    });
    expect(contact).toMatchObject({
      email: "ada@example.org",
      phone: "+32470000001",
      email_validity: "unknown",
    });
    expect(await addressesShown(contact.id)).toEqual([
      { ...email("ada@example.org"), primary: true },
      { ...sms("+32470000001"), primary: true },
      { ...email("ada@work.example"), primary: false },
      { ...sms("+32470000002"), primary: false },
    ]);
  });

  it("refuses an address it cannot read, naming the field", async () => {
    await expect(
      world.create({ addresses: [email("ok@example.org"), email("no at sign")] }),
    ).rejects.toEqual(
      refused("validation_failed", {
        fields: [expect.objectContaining({ field: "addresses.1.value" })],
      }),
    );
  });

  it("refuses a contact with nothing to know it by", async () => {
    await expect(world.create({ job_title: "CEO" })).rejects.toEqual(refused("validation_failed"));
  });

  it("names the contact that has the address, to who may see it, and leaves the transaction usable", async () => {
    const first = await world.create({
      addresses: [email("taken@example.org")],
      owner_id: world.otherUserId,
    });
    await world.act(async (tx) => {
      const again = { contact: { addresses: [email("TAKEN@example.org")] }, actor: system };
      await expect(createContact(tx, { ...again, viewer: everybody })).rejects.toEqual(
        refused("address_taken", { contact_id: first.id }),
      );
      const hidden = await createContact(tx, { ...again, viewer: world.own }).catch(
        (error) => error,
      );
      expect(hidden).toMatchObject({ code: "address_taken", details: {} });
      await createContact(tx, {
        contact: { first_name: "Still works" },
        viewer: everybody,
        actor: system,
      });
    });
  });

  it("takes a number as identity only among contacts without email", async () => {
    const alone = await world.create({ addresses: [sms("+32470000010")] });
    await world.create({ addresses: [sms("+32470000010"), email("shares@example.org")] });
    await expect(world.create({ addresses: [sms("+32470000010")] })).rejects.toEqual(
      refused("address_taken", { contact_id: alone.id }),
    );
  });

  it("lets one of many simultaneous creations win", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => world.create({ addresses: [email("race@example.org")] })),
    );
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    for (const each of results)
      if (each.status === "rejected") expect(each.reason).toEqual(refused("address_taken"));
  });

  it("gives a contact to who may only see their own, and to nobody who is no user", async () => {
    expect(await world.create({ first_name: "Mine" }, world.own)).toMatchObject({
      owner_id: world.userId,
    });
    await expect(
      world.create({ first_name: "X", owner_id: world.otherUserId }, world.own),
    ).rejects.toEqual(refused("validation_failed"));
    await expect(world.create({ first_name: "X", owner_id: world.workspaceId })).rejects.toEqual(
      refused("validation_failed"),
    );
  });
});

describe("editing a contact", () => {
  it("changes what is named, records only the names of the fields, and does nothing when nothing changes", async () => {
    const { id } = await world.create({
      first_name: "Grace",
      attributes: { country: "US", vip: true },
      addresses: [email("grace@example.org")],
    });
    const { contact, rekeyed } = await world.edit(id, {
      last_name: "Hopper",
      attributes: { vip: null, rank: 1 },
    });
    expect(contact).toMatchObject({
      first_name: "Grace",
      last_name: "Hopper",
      attributes: { country: "US", rank: 1 },
    });
    expect(rekeyed).toEqual([]);
    await world.edit(id, { last_name: "Hopper" });
    const entries = await world.act((tx) => listEntries(tx, { contactId: id, limit: 10 }));
    expect(entries.map((entry) => [entry.act, entry.detail])).toEqual([
      ["contact.edited", { fields: ["last_name", "attributes"] }],
      ["contact.created", {}],
    ]);
    const facts = await world.act((tx) => contactTimelineFacts(tx, id));
    expect(facts.map((fact) => fact.act)).toEqual(["contact.edited", "contact.created"]);
  });

  it("tells of changed keys, so that the gate and the queue notice, and forgets the old verification", async () => {
    const { id } = await world.create({
      addresses: [email("old@example.org"), sms("+32470000020")],
    });
    const { contact, rekeyed } = await world.edit(id, {
      addresses: [email("new@example.org"), sms("+32470000020")],
    });
    const keyOf = (value: string) => keyOfAddress(test.db.secrets, "email", value).key;
    expect(rekeyed).toEqual([
      {
        keysBefore: [keyOf("old@example.org"), contact.phone_key],
        keysAfter: [keyOf("new@example.org"), contact.phone_key],
      },
    ]);
    await world.act(async (tx) => {
      expect(await findContactByAddress(tx, "email", keyOf("new@example.org"))).toBe(id);
      expect(await findContactByAddress(tx, "email", keyOf("old@example.org"))).toBeNull();
    });
  });

  it("keeps the channels of a number as they were given when they are written back", async () => {
    const given = [
      email("chan@example.org"),
      whatsapp("+32470000030"),
      { channel: "call" as const, value: "+32470000030" },
    ];
    const { id } = await world.create({ addresses: given });
    expect(await addressesShown(id)).toEqual(given.map((each) => ({ ...each, primary: true })));
    const { rekeyed } = await world.edit(id, {
      addresses: (await addressesShown(id)).map(({ channel, value }) => ({ channel, value })),
    });
    expect(rekeyed).toEqual([]);
    expect(await world.act((tx) => listEntries(tx, { contactId: id, limit: 10 }))).toHaveLength(1);
  });

  it("refuses an address that another contact has", async () => {
    const holder = await world.create({ addresses: [email("holder@example.org")] });
    const { id } = await world.create({ addresses: [email("wants@example.org")] });
    await expect(world.edit(id, { addresses: [email("holder@example.org")] })).rejects.toEqual(
      refused("address_taken", { contact_id: holder.id }),
    );
  });

  it("refuses an edit of what somebody changed meanwhile", async () => {
    const { id, updated_at } = await world.create({ first_name: "Stale" });
    const seen = updated_at.toISOString();
    await world.edit(id, { first_name: "Fresh", updated_at: seen });
    await expect(world.edit(id, { first_name: "Lost", updated_at: seen })).rejects.toEqual(
      refused("state_conflict"),
    );
  });

  it("hides others' contacts from who sees only their own, whichever way they ask", async () => {
    const { id } = await world.create({ first_name: "Theirs", owner_id: world.otherUserId });
    await expect(world.act((tx) => requireVisible(tx, world.own, id))).rejects.toEqual(
      refused("not_found"),
    );
    await expect(world.edit(id, { first_name: "Mine" }, world.own)).rejects.toEqual(
      refused("not_found"),
    );
  });

  it("hides another workspace's contacts altogether", async () => {
    const { id } = await world.create({
      first_name: "Here",
      addresses: [email("both@example.org")],
    });
    const elsewhere = await buildWorld(test.db);
    await expect(elsewhere.edit(id, { first_name: "There" })).rejects.toEqual(refused("not_found"));
    await elsewhere.create({ addresses: [email("both@example.org")] });
  });
});
