import { createVerify } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServerProcess, startServerProcess } from "../servers/server-process.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, campaign, listOf, started } from "./support/outreach.ts";

const password = "correct horse battery staple";
let heed: TestHeed;
let server: ServerProcess;
let account: Body;
let owner: pg.Client;
beforeAll(async () => {
  [heed, server] = await Promise.all([
    startHeed(),
    startServerProcess({ kind: "real", auth: { user: "heed", pass: password }, tls: "none" }),
  ]);
  owner = new pg.Client({ connectionString: heed.db.url });
  await owner.connect();
  account = await heed.ok("POST", "/sending-accounts", {
    provider: "smtp",
    name: "Real",
    from_name: "Ada Byron",
    from_address: "ada@sender.example",
    reply_to: "replies@sender.example",
    host: "127.0.0.1",
    port: server.port,
    security: "none",
    username: "heed",
    password,
    dkim: { domain: "sender.example", selector: "s1", generate: true },
    connections: 2,
    per_second: 50,
    per_day: 1000,
    is_default: true,
  });
});
afterAll(async () => {
  await owner.end();
  await heed.stop();
  await server.close();
});

const accepted = async (address: string) =>
  (await server.accepted()).filter((mail) => mail.to.includes(address));
const messageTo = async (contactId: string): Promise<Body> =>
  (await heed.ok("GET", `/contacts/${contactId}/messages`)).items[0];
const statusOf = async (contactId: string) =>
  (await heed.ok("GET", `/contacts/${contactId}/sending-status?channel=email`)).channels[0];

/** The message headers and body of a mail, headers unfolded later. */
function split(data: Buffer): { head: string; body: string } {
  const text = data.toString("latin1");
  const at = text.indexOf("\r\n\r\n");
  return { head: text.slice(0, at), body: text.slice(at + 4) };
}

/** A receiver's check of the signature (RFC 6376), relaxed/relaxed or relaxed/simple, with the published key. */
function dkimFits(data: Buffer, dns: string): boolean {
  const { head } = split(data);
  const fields = head
    .split(/\r\n(?![ \t])/)
    .map((raw) => ({ raw, name: raw.slice(0, raw.indexOf(":")).toLowerCase() }));
  const signature = fields.find((each) => each.name === "dkim-signature");
  if (!signature) return false;
  const tag = (name: string) =>
    new RegExp(`(?:^|;)\\s*${name}=([^;]*)`)
      .exec(signature.raw.slice(signature.raw.indexOf(":") + 1))?.[1]
      ?.replace(/\s+/g, "") ?? "";
  expect(tag("c").split("/")[0]).toBe("relaxed");
  const relaxed = (raw: string) =>
    `${raw.slice(0, raw.indexOf(":")).trim().toLowerCase()}:${raw
      .slice(raw.indexOf(":") + 1)
      .replace(/\r\n/g, "")
      .replace(/[ \t]+/g, " ")
      .trim()}`;
  const left = [...fields];
  const signed = tag("h")
    .split(":")
    .flatMap((name) => {
      const at = left.findLastIndex((each) => each.name === name.toLowerCase());
      return at === -1 ? [] : left.splice(at, 1).map((each) => relaxed(each.raw));
    });
  const own = relaxed(signature.raw).replace(/(;\s*b=)[^;]*/, "$1");
  const key = /p=(\S+)/.exec(dns)?.[1] ?? "";
  const pem = `-----BEGIN PUBLIC KEY-----\n${key.match(/.{1,64}/g)?.join("\n")}\n-----END PUBLIC KEY-----\n`;
  return createVerify("sha256")
    .update([...signed, own].join("\r\n"))
    .verify(pem, Buffer.from(tag("b"), "base64"));
}

test("the account is checked before it is used, and never shows its password", async () => {
  expect(await heed.ok("POST", `/sending-accounts/${account.id}/check`)).toMatchObject({
    ok: true,
  });
  await heed.ok("PATCH", `/sending-accounts/${account.id}`, {
    username: "heed",
    password: "wrong",
  });
  const wrong = await heed.ok("POST", `/sending-accounts/${account.id}/check`);
  expect(wrong).toMatchObject({ ok: false, code: expect.stringMatching(/535|5\.7\.8|AUTH/i) });
  expect(wrong.message).toMatch(/user ?name|password/i);
  await heed.ok("PATCH", `/sending-accounts/${account.id}`, { username: "heed", password });
  expect(account).toMatchObject({
    has_password: true,
    per_second: 50,
    per_day: 1000,
    is_default: true,
  });
  const answers = JSON.stringify([
    account,
    wrong,
    await heed.ok("GET", "/sending-accounts"),
    await heed.ok("GET", `/sending-accounts/${account.id}`),
  ]);
  expect(answers).not.toContain(password);
  expect(answers).not.toContain("PRIVATE KEY");
  expect(
    (await heed.call("PATCH", `/sending-accounts/${account.id}`, { host: "other.example" })).body
      .error?.message ?? "",
  ).toMatch(/password/i);
});

test("the mail that arrives carries the whole way to stop, signed", async () => {
  const list = await listOf(heed, ["first@smtp.example", "second@smtp.example"]);
  await started(heed, await campaign(heed, [list.id]), "finished");
  const [mail] = await eventually(async () => {
    const found = await accepted("first@smtp.example");
    return found.length > 0 ? found : null;
  });
  expect(mail).toMatchObject({ from: "ada@sender.example", to: ["first@smtp.example"] }); // one recipient a transaction
  const head = split(mail?.data as Buffer).head.replace(/\r\n[ \t]+/g, " ");
  expect(head).toMatch(/^From: "?Ada Byron"? <ada@sender\.example>$/m);
  expect(head).toMatch(/^Reply-To: .*replies@sender\.example/m);
  expect(head).toMatch(/^List-Unsubscribe: .*<http:\/\/localhost:\d+\/u\/[\w-]{88}>/m);
  expect(head).toMatch(/^List-Unsubscribe: .*<mailto:[^>]+>/m);
  expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  const dns = (await heed.ok("GET", `/sending-accounts/${account.id}`)).dkim.dns_record;
  expect(dns).toMatchObject({ name: "s1._domainkey.sender.example", type: "TXT" });
  expect(dkimFits(mail?.data as Buffer, dns.value)).toBe(true);
  expect(
    dkimFits(
      Buffer.from(
        (mail as { data: Buffer }).data.toString("latin1").replace("Hello first", "Hello fifth"),
        "latin1",
      ),
      dns.value,
    ),
  ).toBe(false);
  // RFC 8058 6: the signature covers both headers.
  expect(head).toMatch(/^DKIM-Signature: .*h=[^;]*list-unsubscribe[^;]*list-unsubscribe-post/im);
  const link = /<(http[^>]+)>/.exec(/^List-Unsubscribe: .*$/m.exec(head)?.[0] ?? "")?.[1] as string;
  expect((await fetch(link, { method: "POST", body: "List-Unsubscribe=One-Click" })).status).toBe(
    200,
  );
  expect((await statusOf(list.contacts[0].id)).refusals).toMatchObject([{ code: "unsubscribed" }]);
});

test("a mailbox that does not exist suppresses the address and deactivates its contact; a refusal about something else does neither", async () => {
  const list = await listOf(heed, [
    "gone@bounce.example",
    "policy@bounce.example",
    "fine@bounce.example",
  ]);
  const [gone, policy, fine] = list.contacts;
  await server.behave("gone@bounce.example", {
    do: "reply",
    at: "rcpt",
    reply: "550 5.1.1 no such user",
  });
  await server.behave("policy@bounce.example", {
    do: "reply",
    at: "rcpt",
    reply: "550 5.7.1 not from you",
  });
  const id = await campaign(heed, [list.id], ["PT0S", "P1D"]);
  await started(heed, id);
  await eventually(
    async () =>
      (await messageTo(gone.id))?.state === "bounced" &&
      (await messageTo(policy.id))?.state === "failed" &&
      (await messageTo(fine.id))?.state === "accepted",
    50,
  );
  const status = await statusOf(gone.id);
  expect(status).toMatchObject({
    eligible: false,
    refusals: [
      { code: "deactivated" },
      {
        code: "suppressed",
        who_may_lift: "a user with stops.lift",
        how: expect.stringMatching(/Correct or verify/),
      },
    ],
  });
  expect(await statusOf(policy.id)).toMatchObject({ eligible: true });
  expect((await heed.ok("GET", "/suppressions?q=gone@bounce.example")).items).toMatchObject([
    { kind: "suppression", cause: "hard_bounce" },
  ]);
  expect((await heed.ok("GET", `/campaigns/${id}/results`)).total).toMatchObject({
    sent: 1,
    bounced: 1,
    failed: 1,
  });
  expect(await messageTo(gone.id)).toMatchObject({
    response: expect.stringMatching(/no such user/),
  });
  expect((await heed.ok("GET", `/contacts/${gone.id}/why`)).answer).toMatch(
    /bounce|suppress|exist/i,
  );
});

test("seven temporary refusals quarantine the address, and the first success ends it", async () => {
  const list = await listOf(heed, ["full@soft.example"]);
  const who = list.contacts[0];
  await server.behave("full@soft.example", {
    do: "reply",
    at: "rcpt",
    reply: "450 4.2.2 mailbox full",
  });
  await started(heed, await campaign(heed, [list.id]));
  const message = await eventually(() => messageTo(who.id), 50);
  const triedAgain = async (attempts: number) => {
    // The back-off would take hours: the message falls due at once.
    await owner.query("UPDATE message SET due_at = now() WHERE id = $1 AND state = 'queued'", [
      message.id,
    ]);
    return eventually(async () => {
      const found = await messageTo(who.id);
      return found.attempts >= attempts && found.state !== "claimed" ? found : null;
    }, 50);
  };
  for (let attempts = 1; attempts < 7; attempts++) {
    await triedAgain(attempts);
    expect((await statusOf(who.id)).eligible, `after ${attempts}`).toBe(true);
  }
  // Another mail to the address is at the final dot, whose answer takes its time, when the seventh refusal comes.
  await server.behave("full@soft.example", { do: "delay", delayMs: 12_000 });
  const other = await campaign(heed, [list.id]);
  await started(heed, other);
  const second = await eventually(async () => {
    const found = await messageTo(who.id);
    return found.id !== message.id &&
      found.state === "claimed" &&
      (await server.counts()).transactions > 0
      ? found
      : null;
  }, 50);
  await new Promise((wake) => setTimeout(wake, 1_000));
  await server.behave("full@soft.example", {
    do: "reply",
    at: "rcpt",
    reply: "450 4.2.2 mailbox full",
  });
  await owner.query("UPDATE message SET due_at = now() WHERE id = $1 AND state = 'queued'", [
    message.id,
  ]);
  const quarantined = await eventually(async () => {
    const status = await statusOf(who.id);
    return status.eligible ? null : status;
  }, 50);
  expect(quarantined.refusals).toMatchObject([
    {
      code: "quarantined",
      because: "7 temporary failures in 45 days",
      who_may_lift: "nobody: it lifts itself",
    },
  ]);
  const [stop] = (await heed.ok("GET", `/contacts/${who.id}/stops`)).items;
  expect(stop).toMatchObject({
    kind: "quarantine",
    cause: "soft_bounces",
    actor: { type: "system" },
  });
  expect(
    (await heed.call("POST", `/stops/${stop.id}/lift`, { authorization: "me" })).body.error.message,
  ).toMatch(/lifts itself/);
  expect(await heed.ok("GET", `/messages/${message.id}`)).toMatchObject({
    state: "cancelled",
    attempts: 7,
    cancelled_by: [{ stop_id: stop.id }],
  });

  await eventually(
    async () => (await heed.ok("GET", `/messages/${second.id}`)).state === "accepted",
    50,
  );
  expect(await statusOf(who.id)).toMatchObject({ eligible: true, refusals: [] });
  const [lifted] = (await heed.ok("GET", `/contacts/${who.id}/stops`)).items;
  expect(lifted).toMatchObject({
    id: stop.id,
    standing: false,
    lift: { actor: { type: "system" }, authorization: "a delivery succeeded" },
  });
  expect(await accepted("full@soft.example")).toHaveLength(1);
});
