import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, contact, importCsv, listOf } from "./support/outreach.ts";

let heed: TestHeed;
beforeAll(async () => {
  heed = await startHeed();
});
afterAll(() => heed.stop());

const add = (id: string, selection: object) =>
  heed.ok("POST", `/lists/${id}/members`, { selection });
const members = async (id: string) =>
  (await heed.ok("GET", `/lists/${id}/members?limit=200`)).items
    .map((each: Body) => each.email)
    .sort();

test("members come by ids, by filter and by another list", async () => {
  const { id, contacts } = await listOf(heed, ["a@lists.example", "b@lists.example"]);
  expect(await add(id, { ids: contacts.map((each) => each.id) })).toEqual({
    added: 0,
    already: 2,
    excluded: 0,
    not_found: 0,
  });
  await contact(heed, "c@lists.example", { company: "Filtered" });
  const by = await listOf(heed, []);
  expect(await add(by.id, { filter: { company: "Filtered" } })).toMatchObject({ added: 1 });
  expect(await add(by.id, { list_id: id })).toMatchObject({ added: 2 });
  expect(await members(by.id)).toEqual(["a@lists.example", "b@lists.example", "c@lists.example"]);
  const removed = await heed.ok("DELETE", `/lists/${by.id}/members`, {
    selection: { ids: [contacts[0].id, "019a0000-0000-7000-8000-000000000000"] },
  });
  expect(removed).toEqual({ removed: 1, not_member: 0, not_found: 1 });
  for (const selection of [
    {},
    { ids: [] },
    { ids: ["x"] },
    { filter: { nonsense: 1 } },
    { ids: [contacts[0].id], list_id: id },
  ]) {
    expect(
      (await heed.call("POST", `/lists/${by.id}/members`, { selection })).status,
      JSON.stringify(selection),
    ).toBe(400);
  }
});

test("an exclusion is kept by import and bulk add until it is lifted, and lifting puts nobody back", async () => {
  const { id, contacts } = await listOf(heed, ["in@kept.example", "out@kept.example"]);
  const out = contacts[1];
  const one = { selection: { ids: [out.id] } };
  expect(await heed.ok("POST", `/lists/${id}/exclusions`, one)).toEqual({
    excluded: 1,
    already: 0,
    removed: 1,
    not_found: 0,
  });
  expect(await members(id)).toEqual(["in@kept.example"]);

  const imported = await importCsv(
    heed,
    "Email,First name\nout@kept.example,Back\nIN@kept.example,In\nnew@kept.example,New\n",
    { list_id: id },
  );
  expect(imported.counts).toMatchObject({
    read: 3,
    created: 1,
    added_to_list: 1,
    excluded_from_list: 1,
  });
  expect(await add(id, { ids: [out.id] })).toMatchObject({ added: 0, excluded: 1 });
  expect(await add(id, { filter: { q: "kept.example" } })).toMatchObject({
    added: 0,
    already: 2,
    excluded: 1,
  });
  expect(await members(id)).toEqual(["in@kept.example", "new@kept.example"]);
  expect((await heed.ok("GET", `/lists/${id}/exclusions`)).items).toMatchObject([
    { contact_id: out.id },
  ]);
  // An exclusion is no stop: other lists may have the contact.
  expect(
    (await heed.ok("GET", `/contacts/${out.id}/sending-status?channel=email`)).channels[0].eligible,
  ).toBe(true);

  expect(await heed.ok("DELETE", `/lists/${id}/exclusions`, one)).toMatchObject({ lifted: 1 });
  expect(await members(id)).toEqual(["in@kept.example", "new@kept.example"]);
  expect(await add(id, { ids: [out.id] })).toMatchObject({ added: 1 });
});
