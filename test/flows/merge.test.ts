import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import {
  addTo,
  type Body,
  campaign,
  contact,
  firstMail,
  linkOf,
  listOf,
  started,
} from "./support/outreach.ts";
import { type Person, person } from "./support/people.ts";

let heed: TestHeed;
let sally: Person;
beforeAll(async () => {
  heed = await startHeed();
  sally = await person(heed, "Salesperson", "Sally Seller");
});
afterAll(() => heed.stop());

const post = (path: string, body: unknown = {}) => heed.call("POST", path, body);
const get = (path: string) => heed.ok("GET", path);
const email = async (id: string) =>
  (await get(`/contacts/${id}/sending-status?channel=email`)).channels[0];
const codes = async (id: string) => (await email(id)).refusals.map((each: Body) => each.code);

test("two contacts become one: values stay, gaps fill, stops hold, links in old mails work, and it can be taken apart", async () => {
  const { id: listId, contacts } = await listOf(heed, ["old@example.org"]);
  const loser = contacts[0];
  const kept = await heed.ok("POST", "/lists", { name: "Kept out" });
  await heed.ok("POST", `/lists/${kept.id}/exclusions`, { selection: { ids: [loser.id] } });
  const campaignId = await campaign(heed, [listId], ["PT0S", "P3D"]);
  await started(heed, campaignId);
  const mail = await firstMail(heed, "old@example.org");
  await heed.ok("PATCH", `/contacts/${loser.id}`, {
    company: "Engines",
    attributes: { tier: "gold", region: "north" },
  });
  const winner = await contact(heed, "new@example.org", { attributes: { region: "south" } });
  await addTo(heed, kept.id, [winner]);
  await heed.ok("PUT", `/contacts/${loser.id}/do-not-disturb`, { sms: "outbound" });

  const preview = await post(`/contacts/${winner.id}/merge-preview`, { with: loser.id });
  expect(preview.status).toBe(200);
  expect((await get(`/contacts/${loser.id}`)).company).toBe("Engines");
  const merged = await post(`/contacts/${winner.id}/merge`, { with: loser.id });
  expect(merged.status).toBe(200);
  expect({ ...preview.body, contact: null, until: null }).toEqual({
    ...merged.body,
    contact: null,
    until: null,
  });
  expect(merged.body).toMatchObject({
    filled: ["company", "attributes.tier"],
    effects: {
      addresses: 1,
      lists_joined: 1,
      lists_left: 1,
      exclusions: 1,
      follow_ups_moved: 1,
      follow_ups_ended: 0,
      messages: 1,
    },
    contact: {
      id: winner.id,
      email: "new@example.org",
      company: "Engines",
      attributes: { tier: "gold", region: "south" },
    },
  });
  expect(merged.body.contact.addresses).toContainEqual({
    channel: "email",
    value: "old@example.org",
    primary: false,
  });
  expect((await heed.call("GET", `/contacts/${loser.id}`)).status).toBe(404);
  expect((await get(`/contacts/${winner.id}/lists`)).items.map((each: Body) => each.id)).toEqual([
    listId,
  ]);
  expect((await get(`/contacts/${winner.id}/messages`)).items.length).toBe(1);

  // The loser's old mail: its link stops the one who stays.
  expect((await fetch(linkOf(mail), { method: "POST" })).status).toBe(200);
  expect(await codes(winner.id)).toContain("unsubscribed");

  const apart = await post(`/contacts/${winner.id}/unmerge`);
  expect(apart).toMatchObject({
    status: 200,
    body: {
      contact: { company: "", attributes: { region: "south" } },
      restored: { id: loser.id, company: "Engines", email: "old@example.org" },
    },
  });
  expect((await get(`/contacts/${winner.id}/lists`)).items.map((each: Body) => each.id)).toEqual([
    kept.id,
  ]);
  expect((await get(`/contacts/${loser.id}/lists`)).items.map((each: Body) => each.id)).toEqual([
    listId,
  ]);
  expect((await get(`/contacts/${loser.id}/messages`)).items.length).toBe(1);
  expect(await codes(loser.id)).toContain("unsubscribed");
  expect((await get(`/contacts/${loser.id}/follow-ups`)).items[0].state).not.toBe("active");
  expect((await post(`/contacts/${winner.id}/unmerge`)).body.error.code).toBe("nothing_to_unmerge");
});

test("in one campaign the winner's follow-up goes on alone", async () => {
  const { id: listId, contacts } = await listOf(heed, ["a@twins.example", "b@twins.example"]);
  const [winner, loser] = contacts;
  const campaignId = await campaign(heed, [listId], ["PT0S", "P3D"]);
  await started(heed, campaignId);
  await firstMail(heed, "b@twins.example");
  const before = await get(`/campaigns/${campaignId}/results`);
  const merged = await heed.ok("POST", `/contacts/${winner.id}/merge`, { with: loser.id });
  expect(merged.effects).toMatchObject({ follow_ups_moved: 0, follow_ups_ended: 1 });
  const { items } = await get(`/contacts/${winner.id}/follow-ups`);
  expect(items.map((each: Body) => each.state)).toEqual(["active"]);
  const sent = (results: Body) => results.steps?.[0]?.sent ?? results.sent;
  expect(sent(await get(`/campaigns/${campaignId}/results`))).toBe(sent(before));
});

test("a deactivated contact that goes into another deactivates it, and activating is one act", async () => {
  const winner = await contact(heed, "stays@example.org");
  const loser = await contact(heed, "goes@example.org");
  await heed.ok("POST", `/contacts/${loser.id}/deactivation`, { because: "moved away" });
  await heed.ok("POST", `/contacts/${winner.id}/merge`, { with: loser.id });
  expect(await codes(winner.id)).toContain("deactivated");
  // Whoever gets the loser's address later is stopped from birth.
  await heed.ok("PATCH", `/contacts/${winner.id}`, {
    addresses: [{ channel: "email", value: "stays@example.org" }],
  });
  const reborn = await contact(heed, "goes@example.org");
  expect(await codes(reborn.id)).toContain("deactivated");
  for (const id of [winner.id, reborn.id]) {
    await heed.ok("DELETE", `/contacts/${id}/deactivation`, { authorization: "by phone" });
    expect((await email(id)).eligible).toBe(true);
  }
});

test("merging needs to see both, and another than oneself", async () => {
  const mine = await contact(heed, "s1@example.org", { owner_id: sally.id });
  const theirs = await contact(heed, "s2@example.org");
  for (const path of ["merge", "merge-preview"]) {
    expect(
      (await sally.call("POST", `/contacts/${mine.id}/${path}`, { with: theirs.id })).status,
    ).toBe(404);
    expect((await post(`/contacts/${mine.id}/${path}`, { with: mine.id })).body.error.code).toBe(
      "merge_with_itself",
    );
  }
});

test("of two merges of the same couple at once, one happens", async () => {
  const a = await contact(heed, "race-a@example.org");
  const b = await contact(heed, "race-b@example.org");
  const answers = await Promise.all([
    post(`/contacts/${a.id}/merge`, { with: b.id }),
    post(`/contacts/${b.id}/merge`, { with: a.id }),
  ]);
  expect(answers.map((each) => each.status).sort()).toEqual([200, 404]);
  const live = await eventually(async () => (await get("/contacts?q=race-")).items);
  expect(live.length).toBe(1);
});
