import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
import { campaign, contact, listOf, started } from "./support/outreach.ts";

let heed: TestHeed;
beforeAll(async () => {
  heed = await startHeed();
});
afterAll(() => heed.stop());

const once = (key: string, path: string, body: unknown, method = "POST") =>
  heed.call(method, path, body, { headers: { "idempotency-key": key } });
const ada = { first_name: "Ada", addresses: [{ channel: "email", value: "ada@once.example" }] };

test("the same key and body get the same answer and have one effect", async () => {
  const first = await once("ada-1", "/contacts", ada);
  const second = await once("ada-1", "/contacts", ada);
  expect(first.status).toBe(201);
  expect(second).toMatchObject({ status: 201, body: first.body });
  expect((await heed.ok("GET", "/contacts?q=once.example&count=true")).count).toBe(1);
  // Without the key it would have been refused.
  expect((await heed.call("POST", "/contacts", ada)).status).toBe(409);
});

test("the same key with another body, or for another act, is refused and changes nothing", async () => {
  const other = await once("ada-1", "/contacts", { ...ada, first_name: "Augusta" });
  expect(other).toMatchObject({ status: 409, body: { error: { code: "idempotency_mismatch" } } });
  expect(other.body.error.message).toMatch(/Use a new key/);
  expect((await once("ada-1", "/lists", { name: "Spring", kind: "manual" })).status).toBe(409);
  expect((await heed.ok("GET", "/lists")).items).toEqual([]);
});

test("many at once with one key are one act", async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => once("list-1", "/lists", { name: "At once", kind: "manual" })),
  );
  expect(answers.map((each) => each.status)).toEqual(Array(8).fill(201));
  expect(new Set(answers.map((each) => each.body.id)).size).toBe(1);
  expect((await heed.ok("GET", "/lists?q=At once")).items).toHaveLength(1);
});

test("a refused request keeps nothing: corrected, it can use its key again", async () => {
  expect((await once("again", "/lists", { name: "At once", kind: "manual" })).status).toBe(409);
  expect((await once("again", "/lists", { name: "Corrected", kind: "manual" })).status).toBe(201);
  expect((await once("x".repeat(201), "/lists", { name: "Long", kind: "manual" })).status).toBe(
    400,
  );
});

test("another caller's key is another key, and answers that hold a secret are never kept", async () => {
  const { key } = await heed.ok("POST", "/api-keys", { name: "other", scopes: null });
  const theirs = await heed.call(
    "POST",
    "/lists",
    { name: "Theirs", kind: "manual" },
    { key, headers: { "idempotency-key": "list-1" } },
  );
  expect(theirs).toMatchObject({ status: 201, body: { name: "Theirs" } });
  const first = await once("key-1", "/api-keys", { name: "one", scopes: null });
  const second = await once("key-1", "/api-keys", { name: "one", scopes: null });
  expect(second.body.key).not.toBe(first.body.key);
});

test("a stop asked for twice happens once", async () => {
  const who = await contact(heed, "stopped@once.example");
  const body = { kind: "deactivation", contact_id: who.id, because: "asked" };
  const stops = await Promise.all([once("stop-1", "/stops", body), once("stop-1", "/stops", body)]);
  expect(stops[1]).toMatchObject({ status: 201, body: stops[0]?.body });
  expect((await heed.ok("GET", `/contacts/${who.id}/stops`)).items).toHaveLength(1);
});

test("a stop asked for again waits for what is still under way, and names it", async () => {
  const who = await contact(heed, "underway@once.example");
  const messageId = randomUUID();
  await heed.db.pool.query(
    `INSERT INTO message (workspace_id, id, contact_id, address, key, account_id, state, claimed_at)
     SELECT workspace_id, $1, id, email, email_key, $1, 'claimed', now() FROM contact WHERE id = $2`,
    [messageId, who.id],
  );
  const body = { kind: "deactivation", contact_id: who.id, because: "asked" };
  const underWay = [{ message_id: messageId, state: "claimed" }];
  const first = await once("underway-1", "/stops", body);
  const second = await once("underway-1", "/stops", body);
  expect(first.body.under_way).toEqual(underWay);
  expect(second.body).toEqual(first.body);
  await heed.db.pool.query("UPDATE message SET state = 'accepted' WHERE id = $1", [messageId]);
  const third = await once("underway-1", "/stops", body);
  expect(third.body).toEqual({ ...first.body, under_way: [] });
});

test("a start asked for twice happens once", async () => {
  const id = await campaign(heed, [(await listOf(heed, ["start@once.example"])).id]);
  const starts = await Promise.all([
    once("start-1", `/campaigns/${id}/start`, undefined),
    once("start-1", `/campaigns/${id}/start`, undefined),
  ]);
  expect(starts.map((each) => each.status)).toEqual([202, 202]);
  expect(starts[0]?.body.job_id).toBe(starts[1]?.body.job_id);
  expect((await heed.call("POST", `/campaigns/${id}/start`)).status).toBe(409);
  const another = await campaign(heed, [(await listOf(heed, ["plain@once.example"])).id]);
  await started(heed, another, "finished");
});
