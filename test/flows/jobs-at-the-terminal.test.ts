import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chores } from "../../src/app/housekeeping.ts";
import { keepHouse } from "../../src/kernel/housekeeping.ts";
import { newId } from "../../src/kernel/ids.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { cli } from "./support/cli.ts";
import { type Body, campaign, contact, listOf } from "./support/outreach.ts";
import { person } from "./support/people.ts";

let heed: TestHeed;
let workspaceId: string;
beforeAll(async () => {
  heed = await startHeed();
  workspaceId = (await heed.ok("GET", "/workspace")).id;
});
afterAll(() => heed.stop());

test("heed jobs lists, shows and undoes; heed export writes what the filter finds", async () => {
  expect(await cli(heed, "jobs")).toMatchObject({ code: 0, stdout: "No jobs yet.\n" });
  const who = await contact(heed, "cli@example.org", { last_name: "Byron" });
  const done = await heed.ok("POST", "/contacts/bulk-stop", {
    selection: { ids: [who.id] },
    kind: "deactivation",
  });
  const listed = await cli(heed, "jobs", "--json");
  expect(listed.json.items).toMatchObject([
    { id: done.job_id, title: "Deactivate contacts", state: "finished", undo: { possible: true } },
  ]);
  expect((await cli(heed, "jobs", done.job_id)).stdout).toContain("Deactivate contacts: 1 of 1");
  const undone = await cli(heed, "jobs", done.job_id, "--undo", "--json");
  expect(undone.code).toBe(0);
  await eventually(async () => (await heed.ok("GET", `/jobs/${undone.json.id}`)).finished_at);
  const [stop] = (await heed.ok("GET", `/contacts/${who.id}/stops`)).items;
  expect(stop).toMatchObject({ standing: false, lift: { actor: { type: "operator" } } });
  const again = await cli(heed, "jobs", done.job_id, "--undo");
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("already")]);
  expect((await cli(heed, "jobs", "--cancel")).code).toBe(1);
  expect((await cli(heed, "jobs", done.job_id, "--cancel", "--json")).json.state).toBe("finished");

  await contact(heed, "other@example.org");
  const csv = await cli(heed, "export", "--q", "byron");
  expect(csv.code).toBe(0);
  expect(csv.stdout.trim().split("\n").length).toBe(2);
  expect(csv.stdout).toContain("cli@example.org");
  expect((await cli(heed, "export", "--help")).stdout).toContain("Examples:");
});

test("campaigns are found by name and listed with their figures", async () => {
  const { id: listId } = await listOf(heed, []);
  const id = await campaign(heed, [listId], ["PT0S"], { name: "Spring sale" });
  await campaign(heed, [listId], ["PT0S"], { name: "Autumn" });
  const found = await heed.ok("GET", "/campaigns?q=SPRING&count=true");
  expect(found.items.map((each: Body) => each.id)).toEqual([id]);
  expect(found.count).toBe(1);
  expect(found.items[0].figures).toMatchObject({ sent: 0, replied: 0, unsubscribed: 0 });
  await heed.db.inWorkspace(workspaceId, (tx) =>
    sql`INSERT INTO campaign_result (workspace_id, campaign_id, step, sent)
      VALUES (${workspaceId}, ${id}, 0, 2), (${workspaceId}, ${id}, 1, 3)`.execute(tx),
  );
  expect((await heed.ok("GET", "/campaigns?q=spring")).items[0].figures.sent).toBe(5);
});

test("a topic is renamed; with a stop on it, it is archived and its stops hold; without, it goes", async () => {
  const topic = await heed.ok("POST", "/topics", { name: "News" });
  const who = await contact(heed, "topic@example.org");
  await heed.ok("PATCH", `/topics/${topic.id}`, { name: "Newsletter" });
  await heed.ok("POST", "/stops", {
    kind: "unsubscribe",
    contact_id: who.id,
    topic_id: topic.id,
  });
  const other = await heed.ok("POST", "/topics", { name: "Events" });
  const taken = await heed.call("PATCH", `/topics/${other.id}`, { name: "newsletter" });
  expect(taken).toMatchObject({ status: 409, body: { error: { code: "name_taken" } } });
  expect(await heed.ok("DELETE", `/topics/${topic.id}`)).toEqual({ outcome: "archived" });
  expect(await heed.ok("DELETE", `/topics/${other.id}`)).toEqual({ outcome: "deleted" });
  expect((await heed.ok("GET", "/topics")).items).toEqual([]);
  const status = await heed.ok(
    "GET",
    `/contacts/${who.id}/sending-status?channel=email&topic_id=${topic.id}`,
  );
  expect(status.channels[0].refusals[0].code).toBe("unsubscribed");
  expect((await heed.call("PATCH", `/topics/${topic.id}`, { name: "X" })).status).toBe(404);
  // The name is free again.
  await heed.ok("POST", "/topics", { name: "Newsletter" });
});

test("do not disturb that was set without a channel is taken back channel by channel", async () => {
  const who = await contact(heed, "quiet@example.org");
  await heed.ok("POST", "/stops", { kind: "do_not_disturb", contact_id: who.id });
  const { channels } = await heed.ok("PUT", `/contacts/${who.id}/do-not-disturb`, { email: "off" });
  const disturbed = channels
    .filter((each: Body) => each.refusals.some((one: Body) => one.code === "do_not_disturb"))
    .map((each: Body) => each.channel);
  expect(disturbed).toEqual(["sms", "whatsapp", "call"]);
});

test("what nobody can need any more is taken away, and nothing else", async () => {
  const sally = await person(heed, "Salesperson", "Sally");
  const who = await contact(heed, "kept@example.org");
  const done = await heed.ok("POST", "/contacts/bulk-edit", {
    selection: { ids: [who.id] },
    changes: { company: "Engines" },
  });
  const headers = { "idempotency-key": newId() };
  await heed.call("POST", "/contacts", { first_name: "Once" }, { headers });
  const loser = await contact(heed, "merged@example.org");
  await heed.ok("POST", `/contacts/${who.id}/merge`, { with: loser.id });
  const counts = async () => {
    const { rows } = await heed.db.inWorkspace(workspaceId, (tx) =>
      sql<Record<string, number>>`SELECT (SELECT count(*) FROM session) AS sessions,
        (SELECT count(*) FROM idempotent_answer) AS answers,
        (SELECT count(*) FROM job_item WHERE job_id = ${done.job_id}) AS items,
        (SELECT count(*) FROM job WHERE id = ${done.job_id}) AS jobs,
        (SELECT count(*) FROM contact WHERE id = ${loser.id}) AS losers`.execute(tx),
    );
    return rows[0];
  };
  const there = await counts();
  await keepHouse(heed.db, workspaceId, chores);
  expect(await counts()).toEqual(there);
  await heed.db.inWorkspace(workspaceId, async (tx) => {
    await sql`UPDATE session SET expires_at = now() - interval '1 second' WHERE user_id = ${sally.id}`.execute(
      tx,
    );
    await sql`UPDATE idempotent_answer SET created_at = now() - interval '25 hours'`.execute(tx);
    await sql`UPDATE job SET finished_at = now() - interval '91 days' WHERE id = ${done.job_id}`.execute(
      tx,
    );
    await sql`UPDATE contact_merge SET until = now()`.execute(tx);
  });
  await keepHouse(heed.db, workspaceId, chores);
  expect(await counts()).toEqual({ sessions: 0, answers: 0, items: 0, jobs: 1, losers: 0 });
  expect((await heed.ok("GET", `/jobs/${done.job_id}`)).undo).toMatchObject({ possible: false });
  expect((await heed.ok("GET", `/contacts/${who.id}`)).company).toBe("Engines");
});
