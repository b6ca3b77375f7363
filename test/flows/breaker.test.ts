import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ServerProcess, startServerProcess } from "../servers/server-process.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, campaign, inState, listOf, started } from "./support/outreach.ts";

// Hundreds of contacts one by one, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

let heed: TestHeed;
let server: ServerProcess;
let account: Body;
beforeAll(async () => {
  [heed, server] = await Promise.all([startHeed(), startServerProcess()]);
  account = await heed.ok("POST", "/sending-accounts", {
    provider: "smtp",
    name: "Breaking",
    from_address: "ada@sender.example",
    host: "127.0.0.1",
    port: server.port,
    security: "none",
    per_day: 200,
    is_default: true,
  });
});
afterAll(async () => {
  await heed.stop();
  await server.close();
});

const breaker = async () => (await heed.ok("GET", `/sending-accounts/${account.id}`)).breaker;

let written = 0;

/** A bounce of the mail with this Message-ID, as mail servers write it. */
function bounce(address: string, messageId: string, status: string): Promise<Body> {
  const raw = [
    "From: Mail Delivery System <MAILER-DAEMON@mx.there.example>",
    "To: ada@sender.example",
    `Message-ID: <${++written}.bounce@mx.there.example>`,
    "Subject: Undelivered Mail Returned to Sender",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.there.example",
    "",
    `Final-Recipient: rfc822; ${address}`,
    "Action: failed",
    `Status: ${status}`,
    "",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${messageId}`,
    "",
    "--b--",
    "",
  ].join("\r\n");
  return heed
    .call("POST", "/inbound/messages", raw, { headers: { "content-type": "message/rfc822" } })
    .then(({ body }) => body);
}

test("4 % hard bounces pause an account's campaigns until somebody resets its breaker", async () => {
  const emails = Array.from({ length: 205 }, (_, n) => `p${n}@there.example`);
  const list = await listOf(heed, emails);
  const own = await campaign(heed, [list.id], ["PT0S", "P2D"]);
  await started(heed, own);
  await eventually(async () => (await breaker()).accepted === 200, 150);
  const sink = (await heed.ok("GET", "/sending-accounts?provider=sink")).items[0];
  const other = await campaign(heed, [list.id], ["P2D"], { sending_account_id: sink.id });
  await started(heed, other);

  const mails = await server.accepted();
  const bounced = (n: number, status = "5.1.1") => {
    const mail = mails[n] as (typeof mails)[number];
    const id = /^message-id:\s*(<[^>]+>)/im.exec(mail.data.toString())?.[1] as string;
    return bounce(mail.to[0] as string, id, status);
  };
  for (let n = 0; n < 7; n++) await bounced(n);
  await bounced(0); // told twice
  await bounced(20, "5.2.2"); // a full box
  await bounced(21, "5.7.1"); // a refusal for policy
  expect(await breaker()).toMatchObject({ tripped_at: null, accepted: 200, hard_bounces: 7 });
  expect(await heed.ok("GET", `/campaigns/${own}`)).toMatchObject({
    state: "running",
    paused_because: null,
  });

  await bounced(7);
  expect(await breaker()).toEqual({
    tripped_at: expect.any(String),
    tripped_because: "hard_bounces",
    days: 7,
    accepted: 200,
    refused: 0,
    hard_bounces: 8,
    complaints: 0,
  });
  expect(await heed.ok("GET", `/campaigns/${own}`)).toMatchObject({
    state: "paused",
    paused_because: "breaker",
  });
  expect((await heed.ok("GET", `/campaigns/${other}`)).state).toBe("running");
  const { items } = await heed.ok("GET", "/ledger?limit=200");
  expect(items.map((entry: Body) => entry.act)).toEqual(
    expect.arrayContaining(["sending_account.tripped", "campaign.paused"]),
  );

  // The five that the day's limit held back stay here, though the account can send again.
  await heed.ok("PATCH", `/sending-accounts/${account.id}`, { per_day: null });
  await heed.ok("POST", `/campaigns/${own}/test`, { to: "ada@sender.example" });
  await eventually(async () => (await server.accepted()).length === 201);
  expect((await heed.ok("GET", `/campaigns/${own}/results`)).total).toMatchObject({
    queued: 200,
    sent: 200,
  });
  for (const act of [
    `/campaigns/${own}/resume`,
    `/campaigns/${await campaign(heed, [list.id])}/start`,
  ]) {
    const refused = await heed.call("POST", act);
    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({
      code: "account_tripped",
      message: expect.stringContaining("Settings, Sending accounts"),
      details: { account_id: account.id },
    });
  }

  const reset = await heed.ok("POST", `/sending-accounts/${account.id}/breaker-reset`);
  expect(reset.breaker).toMatchObject({ tripped_at: null, accepted: 0, hard_bounces: 0 });
  expect((await heed.call("POST", `/sending-accounts/${account.id}/breaker-reset`)).status).toBe(
    409,
  );
  await bounced(8); // of a message from before the reset
  expect((await heed.ok("POST", `/campaigns/${own}/resume`)).paused_because).toBe(null);
  await eventually(async () => (await server.accepted()).length === 206);
  await eventually(async () => (await breaker()).accepted === 5);
  expect(await breaker()).toMatchObject({ tripped_at: null, hard_bounces: 0 });
  await inState(heed, own, "running");
});

test("hard bounces at the hand-over trip it as well", async () => {
  await heed.ok("PATCH", "/workspace", { policy: { breaker: { at_least: 10 } } });
  const gone = Array.from({ length: 12 }, (_, n) => `gone${n}@there.example`);
  for (const email of gone) {
    await server.behave(email, { do: "reply", at: "rcpt", reply: "550 5.1.1 no such user" });
  }
  const list = await listOf(heed, ["here@there.example", ...gone]);
  const refused = await campaign(heed, [list.id], ["PT0S", "P2D"]);
  await heed.ok("POST", `/campaigns/${refused}/start`);
  const paused = await inState(heed, refused, "paused");
  expect(paused.paused_because).toBe("breaker");
  const tripped = await breaker();
  expect(tripped.tripped_because).toBe("hard_bounces");
  expect(tripped.refused).toBeGreaterThan(0);
  expect(tripped.hard_bounces).toBe(tripped.refused);
});
