import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, campaign } from "./support/outreach.ts";
import { jobEnd, preview, restored } from "./support/removal.ts";

/*
 * A list of five thousand is deleted, by its typed number, while a campaign is
 * sending to it; then it comes back.
 */

const people = 5_000;
let heed: TestHeed;
let listId: string;
beforeAll(async () => {
  heed = await startHeed();
  await heed.ok("PATCH", "/workspace", { policy: { approval_threshold: 1_000_000 } });
  // So slow that the deletion falls into the middle of it.
  const [sink] = (await heed.ok("GET", "/sending-accounts")).items.filter(
    (each: Body) => each.channel === "email",
  );
  await heed.ok("PATCH", `/sending-accounts/${sink.id}`, { per_second: 250 });
  listId = await importPeople();
});
afterAll(() => heed.stop());

async function importPeople(): Promise<string> {
  const list = await heed.ok("POST", "/lists", { name: "Everybody", kind: "manual" });
  const rows = Array.from({ length: people }, (_, i) => `person${i}@list.example,Person ${i}`);
  const form = new FormData();
  form.append("file", new Blob([["Email,First name", ...rows].join("\n")]), "everybody.csv");
  const { id } = await heed.ok("POST", "/imports", form);
  const { job_id } = await heed.ok("POST", `/imports/${id}/run`, { list_id: list.id });
  expect((await jobEnd(heed, job_id)).state).toBe("finished");
  return list.id;
}

/** Every row that hangs on the contacts, but for what restoring may change: when, and that follow-ups pause. */
async function linkedRows(): Promise<Record<string, string>> {
  const digest = async (rows: string) => {
    const { rows: found } = await heed.db.pool.query<{ digest: string }>(
      `SELECT count(*) || ' ' || md5(string_agg(r::text, ',' ORDER BY r::text)) AS digest FROM (${rows}) r`,
    );
    return found[0]?.digest ?? "";
  };
  return {
    contacts: await digest("SELECT id, email, first_name, owner_id, attributes FROM live_contact"),
    members: await digest("SELECT list_id, contact_id, added_at FROM list_member"),
    exclusions: await digest("SELECT list_id, contact_id FROM list_exclusion"),
    notes: await digest("SELECT id, contact_id, text FROM note"),
    opportunities: await digest("SELECT id, title, stage_id, deletion_id FROM opportunity"),
    places: await digest("SELECT opportunity_id, contact_id FROM opportunity_contact"),
    followUps: await digest(
      "SELECT id, campaign_id, contact_id, round, deletion_id FROM follow_up",
    ),
  };
}

test("a list of 5,000 is deleted while a campaign sends to it, and comes back with every linked row", async () => {
  const [first] = (await heed.ok("GET", "/contacts?q=person17@list.example")).items;
  await heed.ok("POST", `/contacts/${first.id}/notes`, { text: "met at the fair" });
  const [pipeline] = (await heed.ok("GET", "/pipelines")).items;
  if (pipeline) {
    await heed.ok("POST", "/opportunities", {
      title: "A large order",
      pipeline_id: pipeline.id,
      stage_id: pipeline.stages[0].id,
      contact_ids: [first.id],
    });
  }
  const other = await heed.ok("POST", "/lists", { name: "Elsewhere", kind: "manual" });
  await heed.ok("POST", `/lists/${other.id}/exclusions`, { selection: { ids: [first.id] } });
  const before = await linkedRows();
  const id = await campaign(heed, [listId], ["PT0S", "P5D"]);
  await heed.ok("POST", `/campaigns/${id}/start`);
  const results = async () => (await heed.ok("GET", `/campaigns/${id}/results`)).total;
  await eventually(async () => (await results()).sent >= 500, 60);

  // The list itself is in use until the campaign ends.
  const kept = await heed.call("POST", "/deletions/preview", {
    selection: { list_id: listId },
    also: "list",
  });
  expect([kept.status, kept.body.error.code]).toEqual([409, "list_in_use"]);
  const shown = await preview(heed, { list_id: listId });
  expect(shown).toMatchObject({ count: people, confirm: String(people) });
  const wrong = await heed.call("POST", "/deletions", {
    token: shown.token,
    confirm: String(people - 1),
  });
  expect(wrong.status).toBe(409);
  const { deletion_id, job_id } = await heed.ok("POST", "/deletions", {
    token: shown.token,
    confirm: shown.confirm,
    suppress: false,
  });
  expect((await jobEnd(heed, job_id)).state).toBe("finished");
  const deletion = await heed.ok("GET", `/deletions/${deletion_id}`);
  expect(deletion).toMatchObject({ state: "done", removed: people });
  await eventually(async () => (await open()) === 0);
  const figures = await results();
  expect(figures.sent).toBeLessThan(people);
  expect((await heed.ok("GET", "/contacts?count=true")).count).toBe(0);

  // What was sent is what the figures say, and nothing more goes out.
  const sent = await sinkCount();
  expect(sent).toBe(figures.sent);
  await new Promise((wait) => setTimeout(wait, 1_500));
  expect(await sinkCount()).toBe(sent);

  expect((await restored(heed, deletion_id)).counts).toMatchObject({ restored: people });
  const after = await linkedRows();
  expect({ ...after, followUps: "" }).toEqual({ ...before, followUps: "" });
  expect(await results()).toEqual(figures);
  const { rows } = await heed.db.pool.query<{ state: string }>(
    "SELECT DISTINCT state FROM follow_up",
  );
  expect(rows.map((row) => row.state)).not.toContain("active");
  expect(await heed.ok("GET", `/lists/${listId}`)).toMatchObject({ member_count: people });
}, 240_000);

async function sinkCount(): Promise<number> {
  const { rows } = await heed.db.pool.query<{ count: number }>(
    "SELECT count(*) AS count FROM sink_message",
  );
  return rows[0]?.count ?? 0;
}

async function open(): Promise<number> {
  const { rows } = await heed.db.pool.query<{ count: number }>(
    "SELECT count(*) AS count FROM message WHERE state IN ('queued', 'claimed')",
  );
  return rows[0]?.count ?? 0;
}
