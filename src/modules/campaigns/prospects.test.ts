import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEntries } from "../ledger/index.ts";
import { type CampaignWorld, campaignWorld } from "./testing.ts";

let world: CampaignWorld;
beforeAll(async () => {
  world = await campaignWorld();
});
afterAll(() => world.close());

const as = (method: "GET" | "POST" | "PATCH", path: string, body?: unknown) =>
  world.call(world.manager, method, path, body);

async function running(names: readonly string[], delays?: readonly string[]) {
  const people = await world.contacts(names);
  const id = await world.draft([await world.list(Object.values(people))], delays);
  await world.start(id);
  const followUps = await world.rows(
    sql<{
      id: string;
      contact_id: string;
    }>`SELECT id, contact_id FROM follow_up WHERE campaign_id = ${id}`,
  );
  const followUpOf = (name: string) =>
    followUps.find((each) => each.contact_id === people[name])?.id as string;
  return { id, people, followUpOf };
}

describe("prospects", () => {
  it("are found by a part of the name, and show where each stands", async () => {
    const { id, people } = await running(["anton", "berta"]);
    await world.sequence();
    await world.deliver();
    const all = await as("GET", `/campaigns/${id}/prospects?limit=1`);
    expect(all.body.items).toHaveLength(1);
    const next = await as("GET", `/campaigns/${id}/prospects?cursor=${all.body.next_cursor}`);
    expect(next.body.items).toHaveLength(1);
    const found = await as("GET", `/campaigns/${id}/prospects?q=BERT`);
    expect(found.body.items).toMatchObject([
      {
        contact: { id: people.berta, email: "berta@example.org" },
        follow_up: { state: "finished", next_step: 1 },
        last_message: { state: "accepted", step: 0 },
        eligible: true,
        do_not_contact: null,
      },
    ]);
    expect((await as("GET", `/campaigns/${id}/prospects?state=active`)).body.items).toEqual([]);
  });

  it("are the lists' members while the campaign is a draft", async () => {
    const people = await world.contacts(["draft1", "draft2"]);
    const id = await world.draft([await world.list(Object.values(people))]);
    const { body } = await as("GET", `/campaigns/${id}/prospects`);
    expect(body.items.map((p: { follow_up: unknown }) => p.follow_up)).toEqual([null, null]);
  });

  it("are marked Do not contact: the queued message is cancelled, and taking it back starts nothing by itself", async () => {
    const { id, people } = await running(["carla", "dora"], ["PT0S"]);
    await world.sequence();
    const path = `/campaigns/${id}/prospects/${people.carla}`;
    const marked = await as("PATCH", path, {
      do_not_contact: true,
      because: "asked",
      first_name: "Carlotta",
    });
    expect(marked.body).toMatchObject({
      contact: { first_name: "Carlotta" },
      do_not_contact: "campaign",
      eligible: false,
      refusals: ["do_not_contact"],
      follow_up: { state: "stopped", because: "do_not_contact" },
      receipt: { added: true, cancelled_messages: 1, under_way: [] },
    });
    expect(await world.deliver()).toEqual([people.dora]);
    const other = await running(["emil"]);
    const elsewhere = await as("GET", `/contacts/${people.carla}/follow-ups`);
    expect(elsewhere.body.items).toHaveLength(1);
    expect(other.id).not.toBe(id);
    const freed = await as("PATCH", path, { do_not_contact: false });
    expect(freed.body).toMatchObject({
      do_not_contact: null,
      eligible: true,
      follow_up: { state: "stopped" },
      receipt: null,
    });
  });

  it("marked in all campaigns are stopped in every one", async () => {
    const { id, people } = await running(["frieda"]);
    const second = await world.draft([await world.list(Object.values(people))]);
    await world.start(second);
    await as("PATCH", `/campaigns/${id}/prospects/${people.frieda}`, {
      do_not_contact: true,
      scope: "all",
    });
    const { body } = await as("GET", `/contacts/${people.frieda}/follow-ups`);
    expect(body.items.map((f: { state: string }) => f.state)).toEqual(["stopped", "stopped"]);
    await as("PATCH", `/campaigns/${id}/prospects/${people.frieda}`, {
      do_not_contact: false,
      scope: "campaign",
    });
    expect((await as("GET", `/campaigns/${id}/prospects`)).body.items[0].do_not_contact).toBe(
      "all",
    );
  });

  it("of others are hidden from a salesperson, who may stop their own and needs contacts.edit to take it back", async () => {
    const mine = await world.contacts(["gerd"], world.sales.userId);
    const others = await world.contacts(["hans"]);
    const id = await world.draft([
      await world.list([...Object.values(mine), ...Object.values(others)]),
    ]);
    await world.start(id);
    const shown = await world.call(world.sales, "GET", `/campaigns/${id}/prospects`);
    expect(shown.body.items.map((p: { contact: { id: string } }) => p.contact.id)).toEqual([
      mine.gerd,
    ]);
    expect(
      (await world.call(world.sales, "GET", `/campaigns/${id}/prospects?q=hans`)).body.items,
    ).toEqual([]);
    expect(
      (
        await world.call(world.sales, "PATCH", `/campaigns/${id}/prospects/${others.hans}`, {
          do_not_contact: true,
        })
      ).status,
    ).toBe(404);
    const junior = { ...world.sales, permissions: new Set(["contacts.view", "campaigns.view"]) };
    Object.assign(world.sales, { permissions: junior.permissions });
    expect(
      (
        await world.call(world.sales, "PATCH", `/campaigns/${id}/prospects/${mine.gerd}`, {
          do_not_contact: true,
        })
      ).status,
    ).toBe(200);
    const refused = await world.call(
      world.sales,
      "PATCH",
      `/campaigns/${id}/prospects/${mine.gerd}`,
      { do_not_contact: false },
    );
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining("Administrator"),
    ]);
    const [theirs] = await world.rows(
      sql<{ id: string }>`SELECT id FROM follow_up WHERE contact_id = ${others.hans}`,
    );
    expect(
      (await world.call(world.sales, "POST", `/follow-ups/${theirs?.id}/pause`)).body.error.message,
    ).toBe("There is no such follow-up.");
    expect(
      (await world.call(world.sales, "GET", `/contacts/${others.hans}/follow-ups`)).status,
    ).toBe(404);
    Object.assign(world.sales, {
      permissions: new Set(["contacts.view", "contacts.edit", "campaigns.view"]),
    });
  });
});

describe("a follow-up", () => {
  it("is paused, keeps its place, and continues with the next step", async () => {
    const { id, people, followUpOf } = await running(["ida"], ["PT0S", "PT0S"]);
    await world.sequence();
    await world.deliver();
    await world.sequence();
    const path = `/follow-ups/${followUpOf("ida")}`;
    expect((await as("POST", `${path}/pause`)).body).toMatchObject({
      state: "paused",
      next_step: 1,
      due_at: null,
    });
    await world.sequence();
    expect(await world.deliver()).toEqual([]);
    expect((await as("GET", `/campaigns/${id}/results`)).body.state).toBe("running");
    expect((await as("POST", `${path}/continue`)).body).toMatchObject({
      state: "active",
      next_step: 1,
    });
    await world.sequence();
    expect(await world.deliver()).toEqual([people.ida]);
    expect((await as("POST", `${path}/continue`)).body.error.code).toBe("state_conflict");
  });

  it("is restarted at the first step, in a new round, also when its campaign had finished", async () => {
    const { id, people, followUpOf } = await running(["jan"]);
    await world.sequence();
    await world.deliver();
    await world.sequence();
    expect((await as("GET", `/campaigns/${id}`)).body.state).toBe("finished");
    expect((await as("POST", `/follow-ups/${followUpOf("jan")}/restart`)).body).toMatchObject({
      state: "active",
      round: 2,
      next_step: 0,
    });
    await world.sequence();
    expect(await world.deliver()).toEqual([people.jan]);
    await world.sequence();
    expect((await as("GET", `/campaigns/${id}/results`)).body).toMatchObject({
      state: "finished",
      total: { sent: 2 },
    });
  });

  it.each(["continue", "restart"])(
    "is refused to %s for a stopped contact, with the reason and who may lift it",
    async (verb) => {
      const { people, followUpOf } = await running([`kurt-${verb}`]);
      const name = `kurt-${verb}`;
      await world.stop(people[name] as string);
      const refused = await as("POST", `/follow-ups/${followUpOf(name)}/${verb}`);
      expect(refused.status).toBe(409);
      expect(refused.body.error).toMatchObject({
        code: "contact_stopped",
        message: expect.stringContaining("asked by phone"),
        details: {
          refusals: [
            { code: "deactivated", who_may_lift: expect.stringContaining("contacts.reactivate") },
          ],
        },
      });
      await world.sequence();
      expect(await world.deliver()).toEqual([]);
    },
  );

  it("is removed without stopping the contact: another campaign writes to it", async () => {
    const { people, followUpOf } = await running(["lena"]);
    await world.sequence();
    expect((await as("POST", `/follow-ups/${followUpOf("lena")}/removal`)).body.state).toBe(
      "removed",
    );
    expect(await world.deliver()).toEqual([]);
    expect((await as("POST", `/follow-ups/${followUpOf("lena")}/restart`)).body.error.code).toBe(
      "state_conflict",
    );
    const again = await world.draft([await world.list(Object.values(people))]);
    await world.start(again);
    await world.sequence();
    expect(await world.deliver()).toEqual([people.lena]);
    const acts = (
      await world.act((tx) => listEntries(tx, { contactId: people.lena as string, limit: 50 }))
    ).map((e) => e.act);
    expect(acts).toContain("follow_up.removed");
    expect(await world.rows(sql`SELECT 1 FROM stop WHERE subject = ${people.lena}`)).toEqual([]);
  });

  it("that continues while its message is with a worker does not send that step twice", async () => {
    const { people, followUpOf } = await running(["mona"], ["PT0S", "P1D"]);
    await world.sequence();
    await world.rows(
      sql`UPDATE message SET state = 'claimed', claimed_at = now() WHERE contact_id = ${people.mona}`,
    );
    await as("POST", `/follow-ups/${followUpOf("mona")}/pause`);
    expect((await as("POST", `/follow-ups/${followUpOf("mona")}/continue`)).body).toMatchObject({
      state: "active",
      due_at: null,
    });
    await world.sequence();
    expect(
      await world.rows(sql`SELECT 1 FROM message WHERE contact_id = ${people.mona}`),
    ).toHaveLength(1);
  });
});
