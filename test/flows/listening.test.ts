import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeReturnAddress } from "../../src/modules/sending/index.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, campaign, contact, firstMail, listOf, started } from "./support/outreach.ts";

let heed: TestHeed;
beforeAll(async () => {
  heed = await startHeed({ mail: true });
});
afterAll(() => heed.stop());

let written = 0;

/** A mail as a person writes it, in answer to one of ours when `to` is given. */
function reply(from: string, text: string, more: { to?: Body; headers?: string } = {}): string {
  return [
    `From: <${from}>`,
    "To: sales@heed.example",
    `Message-ID: <${++written}.${from}>`,
    ...(more.to ? [`In-Reply-To: ${more.to.headers["message-id"]}`] : []),
    "Subject: Re: Hello",
    `Date: Sun, 22 Nov 2026 10:00:${String(written % 60).padStart(2, "0")} +0000`,
    ...(more.headers ? [more.headers] : []),
    "",
    text,
    "",
  ].join("\r\n");
}

function bounce(address: string, status: string, words: string, original = ""): string {
  const lines = [
    "From: Mail Delivery System <MAILER-DAEMON@mx.elsewhere.example>",
    "To: bounces@heed.example",
    `Message-ID: <${++written}.bounce@mx.elsewhere.example>`,
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    `<${address}>: ${words}`,
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.elsewhere.example",
    "",
    `Final-Recipient: rfc822; ${address}`,
    "Action: failed",
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${words}`,
    "",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    ...(original ? [`Message-ID: ${original}`] : []),
    `To: ${address}`,
    "",
    "--b--",
    "",
  ];
  return lines.join("\r\n");
}

async function receive(raw: string): Promise<Body> {
  const answer = await heed.call("POST", "/inbound/messages", raw, {
    headers: { "content-type": "message/rfc822" },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const refusals = async (contactId: string) =>
  (
    await heed.ok("GET", `/contacts/${contactId}/sending-status?channel=email`)
  ).channels[0].refusals.map((each: Body) => each.code);

/** A contact whom a running sequence wrote to once, with the mail it got. */
async function writtenTo(
  email: string,
): Promise<{ contact: Body; mail: Body; campaignId: string }> {
  const list = await listOf(heed, [email]);
  const campaignId = await campaign(heed, [list.id], ["PT0S", "P2D"]);
  await started(heed, campaignId);
  return { contact: list.contacts[0], mail: await firstMail(heed, email), campaignId };
}

const followUp = async (contactId: string) =>
  (await heed.ok("GET", `/contacts/${contactId}/follow-ups`)).items[0];

describe("a bounce", () => {
  test("of a mailbox that does not exist suppresses the address, deactivates the contact and is counted", async () => {
    const { contact: gone, mail, campaignId } = await writtenTo("gone@bounce.example");
    const taken = await receive(
      bounce("gone@bounce.example", "5.1.1", "550 5.1.1 no such user", mail.headers["message-id"]),
    );
    expect(taken).toMatchObject({
      kind: "bounce",
      state: "done",
      contact_id: gone.id,
      recipients: [{ address: "gone@bounce.example", class: "hard", status: "5.1.1" }],
    });
    expect(taken.did.map((deed: Body) => deed.kind ?? deed.state)).toEqual([
      "suppression",
      "deactivation",
      "bounced",
    ]);
    expect(await refusals(gone.id)).toEqual(["deactivated", "suppressed"]);
    expect((await heed.ok("GET", `/campaigns/${campaignId}/results`)).total.bounced).toBe(1);
    const followed = await followUp(gone.id);
    expect(followed.state).toBe("stopped");
  });

  test("of a full box counts toward quarantine and stops nobody yet; a refusal for policy stops nobody at all", async () => {
    const { contact: full, mail } = await writtenTo("full@bounce.example");
    const soft = await receive(
      bounce("full@bounce.example", "5.2.2", "552 5.2.2 mailbox full", mail.headers["message-id"]),
    );
    expect(soft.recipients[0].class).toBe("soft");
    expect(soft.did[0]).toMatchObject({ what: "counted_failure" });
    expect(await refusals(full.id)).toEqual([]);
    const policy = await receive(
      bounce("full@bounce.example", "5.7.1", "550 5.7.1 message rejected as spam"),
    );
    expect(policy.recipients[0].class).toBe("policy");
    expect(await refusals(full.id)).toEqual([]);
  });

  test("about an address that this workspace never wrote to stops nobody", async () => {
    const taken = await receive(bounce("stranger@nowhere.example", "5.1.1", "550 no such user"));
    expect(taken).toMatchObject({ kind: "bounce", did: [] });
    const born = await contact(heed, "stranger@nowhere.example");
    expect(await refusals(born.id)).toEqual([]);
  });

  test("taken twice is acted on once", async () => {
    const { mail } = await writtenTo("twice@bounce.example");
    const raw = bounce(
      "twice@bounce.example",
      "4.2.2",
      "452 mailbox full",
      mail.headers["message-id"],
    );
    const first = await receive(raw);
    const again = await receive(`Received: from elsewhere\r\n${raw}`);
    expect(again).toMatchObject({ id: first.id, repeated: true, did: first.did });
  });
});

describe("an answer", () => {
  test("that asks to unsubscribe does, whoever's address it comes from, and says why", async () => {
    const { contact: who, mail } = await writtenTo("leave@reply.example");
    const taken = await receive(
      reply("private@elsewhere.example", "Please unsubscribe me from this list.", { to: mail }),
    );
    expect(taken).toMatchObject({
      kind: "reply",
      meaning: "unsubscribe",
      certain: true,
      contact_id: who.id,
    });
    expect(await refusals(who.id)).toEqual(["unsubscribed"]);
    const [stop] = (await heed.ok("GET", `/contacts/${who.id}/stops`)).items;
    expect(stop).toMatchObject({ kind: "unsubscribe", cause: "reply" });
    const [thread] = (await heed.ok("GET", `/contacts/${who.id}/conversations`)).items;
    const said = (await heed.ok("GET", `/conversations/${thread.id}/messages`)).items;
    expect(said).toMatchObject([{ direction: "in", text: "Please unsubscribe me from this list." }]);
  });

  test("that asks to stop deactivates", async () => {
    const { contact: who, mail } = await writtenTo("stop@reply.example");
    await receive(
      reply("stop@reply.example", "Stop emailing me. Do not contact me again.", { to: mail }),
    );
    expect((await refusals(who.id)).length).toBeGreaterThan(0);
  });

  test("from leave lets the follow-up wait until the day of return", async () => {
    const { contact: who, mail } = await writtenTo("away@reply.example");
    const taken = await receive(
      reply(
        "away@reply.example",
        "I am out of the office until 14 December 2026 and will answer then.",
        {
          to: mail,
          headers: "Auto-Submitted: auto-replied",
        },
      ),
    );
    expect(taken).toMatchObject({ kind: "auto_reply", meaning: "out_of_office" });
    expect(await refusals(who.id)).toEqual([]);
    const { state, due_at } = await followUp(who.id);
    expect(state).toBe("active");
    expect(due_at >= "2026-12-14").toBe(true);
  });

  test("with the token of the unsubscribe link in its subject is an unsubscribe, as mail clients send it", async () => {
    const { contact: who, mail } = await writtenTo("button@reply.example");
    const mailto =
      /<mailto:[^>]*subject=([^>]+)>/.exec(mail.headers["list-unsubscribe"])?.[1] ?? "";
    await receive(
      `From: button@reply.example\r\nMessage-ID: <b@reply.example>\r\nSubject: ${decodeURIComponent(mailto)}\r\n\r\n`,
    );
    expect(await refusals(who.id)).toEqual(["unsubscribed"]);
  });

  test("read wrongly is corrected by a person: its stop is lifted, and the phrase is remembered", async () => {
    const { contact: who, mail } = await writtenTo("misread@reply.example");
    const taken = await receive(
      reply("misread@reply.example", "Please unsubscribe me.", { to: mail }),
    );
    expect(await refusals(who.id)).toEqual(["unsubscribed"]);
    const corrected = await heed.ok("POST", `/inbox/${taken.id}/classification`, {
      meaning: "wants_information",
      remember: "please unsubscribe me",
    });
    expect(corrected).toMatchObject({
      meaning: "wants_information",
      corrected: { from: "unsubscribe" },
    });
    expect(await refusals(who.id)).toEqual([]);
    const { contact: next, mail: another } = await writtenTo("next@reply.example");
    const second = await receive(
      reply("next@reply.example", "Please unsubscribe me.", { to: another }),
    );
    expect(second.meaning).toBe("wants_information");
    expect(await refusals(next.id)).toEqual([]);
  });

  test("is only read when an interpretation is asked for: nothing is kept or done", async () => {
    const who = await contact(heed, "only@reply.example");
    const answer = await heed.call(
      "POST",
      "/inbound/interpretations",
      reply("only@reply.example", "Unsubscribe me."),
      { headers: { "content-type": "message/rfc822" } },
    );
    expect(answer.body).toMatchObject({ kind: "reply", meaning: "unsubscribe", did: [] });
    expect(await refusals(who.id)).toEqual([]);
    expect((await heed.ok("GET", "/inbox?q=only@reply.example")).items).toEqual([]);
  });
});

describe("mail by SMTP", () => {
  const client = () =>
    createTransport({
      host: "127.0.0.1",
      port: heed.smtpPort as number,
      secure: false,
      tls: { rejectUnauthorized: false },
    });

  test("to a return path of ours stops whom it is about, whatever the report names", async () => {
    const { contact: who, mail } = await writtenTo("verp@smtp.example");
    const messageId = mail.headers["message-id"].slice(1, 37);
    const [row] = await heed.db.asSystem(async () => [await workspaceId()]);
    const local = makeReturnAddress(heed.db.secrets, row as string, { kind: "bounce", messageId });
    await client().sendMail({
      envelope: { from: "", to: `${local}@bounces.heed.example` },
      raw: bounce("somebody.else@alias.example", "5.1.1", "550 5.1.1 no such user"),
    });
    await eventually(async () => (await refusals(who.id)).includes("suppressed"));
  });

  test("to anybody else is refused: it relays nothing", async () => {
    await expect(
      client().sendMail({
        envelope: { from: "a@b.example", to: "victim@elsewhere.example" },
        raw: "Subject: x\r\n\r\nx",
      }),
    ).rejects.toThrow(/there is no such address here/);
  });
});

async function workspaceId(): Promise<string> {
  return (await heed.ok("GET", "/me")).workspace.id;
}
