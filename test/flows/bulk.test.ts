import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../src/kernel/ids.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { addTo, type Body, campaign, contact, listOf, started } from "./support/outreach.ts";
import { type Person, person } from "./support/people.ts";

let heed: TestHeed;
let workspaceId: string;
let sally: Person;

beforeAll(async () => {
  heed = await startHeed();
  workspaceId = (await heed.ok("GET", "/workspace")).id;
  sally = await person(heed, "Salesperson", "Sally Seller");
});
afterAll(() => heed.stop());

const post = (path: string, body: unknown) => heed.call("POST", path, body);
const job = (id: string) => heed.ok("GET", `/jobs/${id}`);
const ended = (id: string) =>
  eventually(async () => {
    const found = await job(id);
    return found.finished_at ? found : null;
  }, 60);
async function undone(jobId: string): Promise<Body> {
  const { job_id } = await heed.ok("POST", `/jobs/${jobId}/undo`);
  return ended(job_id);
}
const eligible = async (contactId: string, channel = "email") =>
  (await heed.ok("GET", `/contacts/${contactId}/sending-status?channel=${channel}`)).channels[0]
    .eligible;

/** So many contacts written straight into the table, all of one company. */
async function crowd(company: string, count: number, ownerId: string | null = null) {
  const ids = Array.from({ length: count }, () => newId());
  await heed.db.inWorkspace(workspaceId, (tx) =>
    sql`INSERT INTO contact (workspace_id, id, company, owner_id, search_text, sort_name)
      SELECT ${workspaceId}, unnest(${ids}::uuid[]), ${company}, ${ownerId}, ${` ${company.toLowerCase()}`}, ${company.toLowerCase()}`.execute(
      tx,
    ),
  );
  return ids;
}

test("a few contacts are edited at once, with a result for each, and the edit is undone where nobody changed it since", async () => {
  const a = await contact(heed, "edit-a@example.org", { attributes: { tier: "gold", seats: 3 } });
  const b = await contact(heed, "edit-b@example.org", { company: "Engines" });
  const nobody = newId();
  const done = await post("/contacts/bulk-edit", {
    selection: { ids: [a.id, b.id, nobody] },
    changes: {
      company: "Engines",
      attributes: { tier: null, region: "north" },
      stage: "processed",
    },
  });
  expect(done.status).toBe(200);
  expect(done.body.counts).toMatchObject({ changed: 2, not_found: 1 });
  expect(done.body.items).toContainEqual({
    contact_id: nobody,
    outcome: "skipped",
    reason: "not_found",
  });
  const edited = await heed.ok("GET", `/contacts/${a.id}`);
  expect(edited).toMatchObject({
    company: "Engines",
    attributes: { seats: 3, region: "north" },
    stage: "processed",
  });
  // Found by its new company as well.
  expect((await heed.ok("GET", "/contacts?q=engines")).items.length).toBe(2);

  await heed.ok("PATCH", `/contacts/${a.id}`, { attributes: { region: "south" } });
  expect(await job(done.body.job_id)).toMatchObject({
    title: "Change contacts: stage, company, attributes",
    state: "finished",
    undo: { possible: true, because: "" },
  });
  const back = await undone(done.body.job_id);
  expect(back).toMatchObject({ state: "finished", counts: { restored: 2, changed_since: 1 } });
  expect(await heed.ok("GET", `/contacts/${a.id}`)).toMatchObject({
    company: "",
    attributes: { seats: 3, tier: "gold", region: "south" },
    stage: "new",
  });
  expect(await heed.ok("GET", `/contacts/${b.id}`)).toMatchObject({
    company: "Engines",
    attributes: {},
  });
});

test("a larger selection runs as a job that says what it does, who asked, how fast it goes, and what came of each", async () => {
  const ids = await crowd("Crowd Ltd", 450);
  const asked = await post("/contacts/bulk-edit", {
    selection: { filter: { company: "Crowd Ltd" } },
    changes: { company: "Moved Ltd", locale: "fr" },
  });
  expect([asked.status, Object.keys(asked.body)]).toEqual([202, ["job_id"]]);
  const done = await ended(asked.body.job_id);
  expect(done).toMatchObject({
    title: "Change contacts: company, language",
    state: "finished",
    total: 450,
    done: 450,
    counts: { changed: 450, not_found: 0 },
    requested_by_name: expect.any(String),
  });
  expect(done.rate).toBeGreaterThan(0);
  const { items } = await heed.ok("GET", `/jobs/${done.id}/items?limit=200`);
  expect(items[0]).toEqual({ position: 0, subject_id: ids[0], outcome: "done", reason: null });
  expect((await heed.ok("GET", "/contacts?company=Moved+Ltd&count=true")).count).toBe(450);
  const only = await heed.ok("GET", "/jobs?kind=contacts.edit&state=finished");
  expect(only.items.map((each: Body) => each.id)).toContain(done.id);
  expect((await heed.ok("GET", "/jobs?state=failed")).items).toEqual([]);
  await undone(done.id);
  expect((await heed.ok("GET", "/contacts?company=Crowd+Ltd&count=true")).count).toBe(450);
});

test("stops on many contacts hold, those stopped before are skipped, and undoing lifts exactly what the job made", async () => {
  const a = await contact(heed, "stop-a@example.org");
  const b = await contact(heed, "stop-b@example.org");
  await heed.ok("POST", `/contacts/${a.id}/deactivation`, { because: "before" });
  const body = {
    selection: { ids: [a.id, b.id] },
    kind: "deactivation",
    because: "the list was bought",
  };
  const done = await post("/contacts/bulk-stop", body);
  expect(done).toMatchObject({ status: 200, body: { counts: { stopped: 1, already_stopped: 1 } } });
  expect(done.body.items).toContainEqual({
    contact_id: a.id,
    outcome: "skipped",
    reason: "already_stopped",
  });
  expect(await eligible(b.id)).toBe(false);
  expect(await undone(done.body.job_id)).toMatchObject({ counts: { lifted: 1 } });
  expect([await eligible(a.id), await eligible(b.id)]).toEqual([false, true]);
  const [stop] = (await heed.ok("GET", `/contacts/${b.id}/stops`)).items;
  expect(stop.lift.authorization).toContain(done.body.job_id);

  const quiet = await post("/contacts/bulk-stop", {
    ...body,
    kind: "do_not_disturb",
    channel: "email",
  });
  await heed.ok("PUT", `/contacts/${b.id}/do-not-disturb`, { email: "off" });
  expect(await undone(quiet.body.job_id)).toMatchObject({
    counts: { lifted: 1, lifted_already: 1 },
  });
});

test("an unsubscribe of many is on their addresses, and no undoing takes it back", async () => {
  const a = await contact(heed, "leave@example.org");
  const bare = await heed.ok("POST", "/contacts", { first_name: "Nobody" });
  const done = await post("/contacts/bulk-stop", {
    selection: { ids: [a.id, bare.id] },
    kind: "unsubscribe",
  });
  expect(done.body.counts).toMatchObject({ stopped: 1, no_address: 1 });
  expect(await eligible(a.id)).toBe(false);
  expect((await job(done.body.job_id)).undo).toMatchObject({
    possible: false,
    because: "Only the person can take back an unsubscribe.",
  });
  expect((await post(`/jobs/${done.body.job_id}/undo`, {})).status).toBe(409);
});

test("follow-ups of many are removed with what is queued, and come back as paused", async () => {
  const { id: listId, contacts } = await listOf(heed, ["f1@example.org", "f2@example.org"]);
  const outside = await contact(heed, "f3@example.org");
  const campaignId = await campaign(heed, [listId], ["PT0S", "P3D"]);
  await started(heed, campaignId);
  const done = await post("/follow-ups/bulk-removal", {
    selection: { ids: [...contacts.map((each) => each.id), outside.id] },
    campaign_id: campaignId,
  });
  expect(done.body.counts).toMatchObject({ removed: 2, no_follow_up: 1 });
  const state = async (id: string) =>
    (await heed.ok("GET", `/contacts/${id}/follow-ups`)).items[0].state;
  expect(await state(contacts[0].id)).toBe("removed");
  expect(await undone(done.body.job_id)).toMatchObject({ counts: { restored: 2 } });
  expect(await state(contacts[0].id)).toBe("paused");
  expect(await eligible(contacts[0].id)).toBe(true);
});

test("whoever sees only their own leads acts on those alone, and sees only their own jobs", async () => {
  const mine = await contact(heed, "mine@example.org", { owner_id: sally.id });
  const theirs = await contact(heed, "theirs@example.org");
  const done = await sally.call("POST", "/contacts/bulk-stop", {
    selection: { ids: [mine.id, theirs.id] },
    kind: "deactivation",
  });
  expect(done.body.counts).toMatchObject({ stopped: 1, not_found: 1 });
  expect(await eligible(theirs.id)).toBe(true);
  const jobs = await sally.call("GET", "/jobs");
  expect(jobs.body.items.map((each: Body) => each.id)).toEqual([done.body.job_id]);
  // Stopping needs no permission; lifting does.
  expect(jobs.body.items[0].undo).toMatchObject({ possible: false });
  expect((await sally.call("POST", `/jobs/${done.body.job_id}/undo`)).status).toBe(403);
  const [another] = (await heed.ok("GET", "/jobs")).items.filter(
    (each: Body) => each.id !== done.body.job_id,
  );
  for (const path of ["", "/items"]) {
    expect((await sally.call("GET", `/jobs/${another.id}${path}`)).status).toBe(404);
  }
  expect((await sally.call("POST", `/jobs/${another.id}/cancellation`)).status).toBe(404);
  const given = await sally.call("POST", "/contacts/bulk-edit", {
    selection: { ids: [mine.id] },
    changes: { owner_id: null },
  });
  expect(given.status).toBe(400);
});

test("of two who undo a job at once, one does and the other is told", async () => {
  const a = await contact(heed, "twice@example.org");
  const done = await post("/contacts/bulk-stop", {
    selection: { ids: [a.id] },
    kind: "do_not_contact",
  });
  const answers = await Promise.all(
    [1, 2, 3].map(() => post(`/jobs/${done.body.job_id}/undo`, {})),
  );
  expect(answers.map((each) => each.status).sort()).toEqual([202, 409, 409]);
  const first = answers.find((each) => each.status === 202);
  expect(await ended(first?.body.job_id)).toMatchObject({
    state: "finished",
    undoes: done.body.job_id,
  });
  expect((await post(`/jobs/${done.body.job_id}/undo`, {})).body.error.message).toMatch(/already/);
});

test("a bulk act asked for twice with one key happens once, and answers the same", async () => {
  const ids = await crowd("Once Ltd", 210);
  const body = { selection: { ids }, changes: { job_title: "Engineer" } };
  const headers = { "idempotency-key": newId() };
  const [one, two] = [
    await heed.call("POST", "/contacts/bulk-edit", body, { headers }),
    await heed.call("POST", "/contacts/bulk-edit", body, { headers }),
  ];
  expect([one.status, two.status]).toEqual([202, 202]);
  expect(one.body).toEqual(two.body);
  await ended(one.body.job_id);
});

test("the contacts of a list are changed as a job that a list job undoes exactly", async () => {
  const list = await heed.ok("POST", "/lists", { name: "Big list" });
  const early = await contact(heed, "early@example.org", { company: "Huge Ltd" });
  await addTo(heed, list.id, [early]);
  await crowd("Huge Ltd", 10_005);
  const { job_id } = await heed.ok("POST", `/lists/${list.id}/members`, {
    selection: { filter: { company: "Huge Ltd" } },
  });
  expect(await ended(job_id)).toMatchObject({
    title: "Add contacts to the list Big list",
    counts: { added: 10_005, already: 1 },
  });
  expect(await undone(job_id)).toMatchObject({ counts: { undone: 10_005 } });
  expect((await heed.ok("GET", `/lists/${list.id}`)).member_count).toBe(1);
});
