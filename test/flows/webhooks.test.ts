import { createHmac, randomUUID } from "node:crypto";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../src/kernel/ids.ts";
import { buildWorkspace } from "../builders/workspace.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, campaign, listOf, started } from "./support/outreach.ts";

const secret = "the secret of the generic provider";
let heed: TestHeed;
let workspaceId: string;
let account: Body;
beforeAll(async () => {
  heed = await startHeed();
  workspaceId = (await heed.ok("GET", "/me")).workspace.id;
  account = await makeAccount("Events");
});
afterAll(() => heed.stop());

function makeAccount(name: string): Promise<Body> {
  return heed.ok("POST", "/sending-accounts", {
    name,
    provider: "http",
    from_address: "ada@sender.example",
    base_url: "https://api.provider.example/send",
    password: "bearer",
    hook_secret: secret,
  });
}

function post(path: string, body: string, signedWith = secret, at = Date.now()) {
  const timestamp = String(Math.floor(at / 1000));
  const signature = `v1=${createHmac("sha256", signedWith).update(`${timestamp}.${body}`).digest("hex")}`;
  return fetch(heed.url + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-heed-timestamp": timestamp,
      "x-heed-signature": signature,
    },
    body,
  });
}

async function tell(...events: object[]): Promise<void> {
  const answer = await post(account.hook_path, JSON.stringify({ events }));
  expect(answer.status).toBe(200);
}

/** What is there of events, once all have taken effect. */
async function settled(): Promise<number> {
  return eventually(() =>
    heed.db.inWorkspace(workspaceId, async (tx) => {
      const { rows } = await sql<{ open: number; all: number }>`
        SELECT count(*) FILTER (WHERE applied_at IS NULL) AS open, count(*) AS all FROM provider_event`.execute(
        tx,
      );
      return rows[0]?.open === 0 ? rows[0].all : null;
    }),
  );
}

let mailed = 0;
/** People whom a campaign has written to, with their messages. */
async function writtenTo(count: number) {
  const emails = Array.from({ length: count }, () => `person${++mailed}@example.org`);
  const { id, contacts } = await listOf(heed, emails);
  const campaignId = await campaign(heed, [id]);
  await started(heed, campaignId, "finished");
  const people = [];
  for (const [index, contact] of contacts.entries()) {
    const { items } = await heed.ok("GET", `/contacts/${contact.id}/messages`);
    people.push({
      email: emails[index] as string,
      contactId: contact.id as string,
      messageId: items[0].id as string,
    });
  }
  return { campaignId, people };
}
const stateOf = async (person: { contactId: string }) =>
  (await heed.ok("GET", `/contacts/${person.contactId}/messages`)).items[0].state;
const statusOf = async (person: { contactId: string }) =>
  (await heed.ok("GET", `/contacts/${person.contactId}/sending-status?channel=email`)).channels[0];
const stopsOf = async (person: { contactId: string }) =>
  (await heed.ok("GET", `/contacts/${person.contactId}/stops`)).items;

test("a hard bounce stops its address, a complaint for good, and neither is undone by a late delivery", async () => {
  const { campaignId, people } = await writtenTo(4);
  const [gone, angry, full, happy] = people as [Body, Body, Body, Body];
  await tell(
    {
      id: randomUUID(),
      kind: "bounced",
      bounce: "hard",
      code: "5.1.1",
      address: gone.email,
      message_id: gone.messageId,
    },
    { id: randomUUID(), kind: "complained", address: angry.email, message_id: angry.messageId },
    {
      id: randomUUID(),
      kind: "bounced",
      bounce: "soft",
      code: "4.2.2",
      address: full.email,
      message_id: full.messageId,
    },
  );
  await settled();
  for (const person of people)
    await tell({
      id: randomUUID(),
      kind: "delivered",
      address: person.email,
      message_id: person.messageId,
    });
  await settled();

  expect(await Promise.all(people.map(stateOf))).toEqual([
    "bounced",
    "complained",
    "bounced",
    "delivered",
  ]);
  expect((await statusOf(gone)).refusals.map((each: Body) => each.code)).toContain("suppressed");
  expect((await statusOf(full)).eligible).toBe(true);
  expect((await statusOf(happy)).eligible).toBe(true);
  const [complaint] = await stopsOf(angry);
  expect(complaint).toMatchObject({ kind: "suppression", cause: "complaint" });
  expect(
    (await heed.call("POST", `/stops/${complaint.id}/lift`, { authorization: "please" })).status,
  ).toBe(403);
  const results = await heed.ok("GET", `/campaigns/${campaignId}/results`);
  expect(results.total).toMatchObject({ sent: 4, delivered: 2, bounced: 2, complained: 1 });
});

test("a person who leaves by the provider's own link is unsubscribed, and counted", async () => {
  const { campaignId, people } = await writtenTo(1);
  const [person] = people as [Body];
  await tell({
    id: randomUUID(),
    kind: "unsubscribed",
    address: person.email,
    message_id: person.messageId,
  });
  await settled();
  expect((await statusOf(person)).refusals.map((each: Body) => each.code)).toEqual([
    "unsubscribed",
  ]);
  const results = await heed.ok("GET", `/campaigns/${campaignId}/results`);
  expect(results.total).toMatchObject({ unsubscribed: 1 });
});

test("the same event told a hundred times at once is kept and counted once", async () => {
  const { campaignId, people } = await writtenTo(1);
  const [person] = people as [Body];
  const before = await settled();
  const event = {
    id: randomUUID(),
    kind: "bounced",
    bounce: "hard",
    address: person.email,
    message_id: person.messageId,
  };
  const body = JSON.stringify({ events: [event, event] });
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => post(account.hook_path, body)),
  );
  expect(new Set(answers.map((each) => each.status))).toEqual(new Set([200]));
  expect(await settled()).toBe(before + 1);
  // The address is suppressed, and whoever had it is deactivated: each once.
  expect(await stopsOf(person)).toHaveLength(2);
  const results = await heed.ok("GET", `/campaigns/${campaignId}/results`);
  expect(results.total).toMatchObject({ bounced: 1 });
});

test("a webhook is refused with a wrong signature, a stale time or an unknown address, and changes nothing", async () => {
  const before = await settled();
  const body = JSON.stringify({
    events: [{ id: randomUUID(), kind: "complained", address: "ada@example.org" }],
  });
  expect((await post(account.hook_path, body, "another secret")).status).toBe(401);
  expect((await post(account.hook_path, body, secret, Date.now() - 3_600_000)).status).toBe(401);
  expect((await post("/hooks/http/nobody", body)).status).toBe(404);
  expect((await post(account.hook_path.replace("/http/", "/ses/"), body)).status).toBe(404);
  expect((await post(account.hook_path.replace("/http/", "/constructor/"), body)).status).toBe(404);
  expect((await fetch(heed.url + account.hook_path, { method: "POST", body })).status).toBe(401);
  expect((await post(account.hook_path, "x".repeat(3_000_000))).status).toBe(413);
  expect(await settled()).toBe(before);
});

test("a believed webhook that nobody can read is kept, and stops nobody", async () => {
  const before = await settled();
  expect((await post(account.hook_path, "no json at all")).status).toBe(200);
  expect((await post(account.hook_path, JSON.stringify({ events: [{ kind: "?" }] }))).status).toBe(
    200,
  );
  expect(await settled()).toBe(before + 2);
});

test("another workspace's provider can neither report on our messages nor stop our people", async () => {
  const { people } = await writtenTo(1);
  const [person] = people as [Body];
  const foreign = await buildWorkspace(heed.db, "Foreign");
  await heed.db.inWorkspace(foreign, (tx) =>
    sql`
      INSERT INTO sending_account (workspace_id, id, name, provider, from_address, hook_key, hook_secret_sealed)
      VALUES (${foreign}, ${newId()}, 'Theirs', 'http', 'eve@sender.example', 'their-key', ${tx.secrets.seal("theirs")})`.execute(
      tx,
    ),
  );
  const body = JSON.stringify({
    events: [
      { id: randomUUID(), kind: "complained", address: person.email, message_id: person.messageId },
    ],
  });
  expect((await post(account.hook_path, body, "theirs")).status).toBe(401);
  expect((await post("/hooks/http/their-key", body)).status).toBe(401);
  expect((await post("/hooks/http/their-key", body, "theirs")).status).toBe(200);
  await eventually(() =>
    heed.db.inWorkspace(foreign, async (tx) => {
      const { rows } = await sql`SELECT 1 FROM standing_stop`.execute(tx);
      return rows.length === 1;
    }),
  );
  expect(await stateOf(person)).toBe("accepted");
  expect(await statusOf(person)).toMatchObject({ eligible: true });
});

test("an event waits for its message that is still being handed over", async () => {
  const { people } = await writtenTo(1);
  const [person] = people as [Body];
  const set = (state: string) =>
    heed.db.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE message SET state = ${state}, claimed_at = now(), claimed_by = ${newId()} WHERE id = ${person.messageId}`.execute(
        tx,
      ),
    );
  await set("claimed");
  await tell({
    id: randomUUID(),
    kind: "delivered",
    address: person.email,
    message_id: person.messageId,
  });
  await new Promise((wake) => setTimeout(wake, 300));
  expect(await stateOf(person)).toBe("claimed");
  await set("accepted");
  await settled();
  expect(await stateOf(person)).toBe("delivered");
});

test("any order and any repetition of events gives one state (S7)", async () => {
  const kinds = [
    { kind: "accepted" },
    { kind: "delivered" },
    { kind: "deferred" },
    { kind: "opened" },
    { kind: "failed", code: "dropped" },
    { kind: "unsubscribed" },
    { kind: "complained" },
    { kind: "bounced", bounce: "hard", code: "5.1.1" },
    { kind: "bounced", bounce: "soft", code: "4.2.2" },
    { kind: "bounced", bounce: "policy", code: "5.7.1" },
  ];
  const { people } = await writtenTo(40);
  const free = [...people];
  const stateAfter = async (told: readonly (readonly number[])[]) => {
    const person = free.pop() as (typeof people)[number];
    const ids = kinds.map(() => randomUUID());
    for (const batch of told) {
      await tell(
        ...batch.map((n) => ({
          id: ids[n],
          at: new Date(1_767_225_600_000 + n * 1000).toISOString(),
          address: person.email,
          message_id: person.messageId,
          ...kinds[n],
        })),
      );
      // Some take effect before the next comes, some together.
      if (batch.length % 2 === 0) await settled();
    }
    await settled();
    const stops = (await stopsOf(person)).map((each: Body) => `${each.kind} ${each.cause}`).sort();
    return {
      state: await stateOf(person),
      stops,
      refusals: (await statusOf(person)).refusals.map((each: Body) => each.code),
    };
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(kinds.length - 1), { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 5,
      }),
      async (told) => {
        const once = [...new Set(told.flat())].sort((a, b) => a - b);
        expect(await stateAfter(told)).toEqual(await stateAfter([once]));
      },
    ),
    { numRuns: 20, endOnFailure: true },
  );
});
