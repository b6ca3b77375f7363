import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RecordingSmtp, startRecordingSmtp } from "../servers/recording-smtp.ts";
import type { AcceptedMail } from "../servers/smtp-record.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, campaign, started } from "./support/outreach.ts";

/*
 * Ten thousand people are written to through a real SMTP server. Their servers and
 * they themselves answer by scenario, over SMTP to Heed's own listener and by the
 * one-click link; in the end each is stopped, or not, as the scenario says.
 */

const people = 10_000;
let heed: TestHeed;
let world: RecordingSmtp;
beforeAll(async () => {
  world = await startRecordingSmtp();
  heed = await startHeed({ mail: true });
});
afterAll(async () => {
  await heed.stop();
  await world.close();
});

/** What becomes of every twentieth person, and what the gate must say of them afterwards. */
const scenarios: readonly { name: string; refusals: string }[] = [
  { name: "no such user, at once", refusals: "deactivated,suppressed" },
  { name: "no such user, by mail", refusals: "deactivated,suppressed" },
  { name: "full box", refusals: "" },
  { name: "spam filter", refusals: "" },
  { name: "complaint", refusals: "suppressed" },
  { name: "asks to unsubscribe", refusals: "unsubscribed" },
  { name: "stop by on Tuesday", refusals: "" },
  { name: "out of office", refusals: "" },
  { name: "delayed", refusals: "" },
  { name: "one-click", refusals: "unsubscribed" },
];
const scenarioOf = (person: number) => scenarios[person % 20] ?? { name: "silence", refusals: "" };
const address = (person: number) => `person${person}@world.example`;

function header(mail: AcceptedMail, name: string): string {
  const head =
    mail.data
      .toString("latin1")
      .split("\r\n\r\n")[0]
      ?.replace(/\r\n[ \t]+/g, " ") ?? "";
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
}

function notice(mail: AcceptedMail, action: string, status: string, words: string): string {
  const [to = ""] = mail.to;
  return [
    "From: MAILER-DAEMON@mx.world.example",
    `To: ${mail.from}`,
    `Message-ID: <${action}.${status}.${to}>`,
    "Subject: Delivery Status Notification",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
    "",
    "--x",
    "Content-Type: text/plain",
    "",
    words,
    "--x",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.world.example",
    "",
    `Final-Recipient: rfc822; ${to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${words}`,
    "",
    "--x--",
    "",
  ].join("\r\n");
}

function complaint(mail: AcceptedMail): string {
  return [
    "From: fbl@mailbox.example",
    `To: ${mail.from}`,
    `Message-ID: <fbl.${mail.to[0]}>`,
    "Subject: complaint about message",
    'Content-Type: multipart/report; report-type=feedback-report; boundary="x"',
    "",
    "--x",
    "Content-Type: text/plain",
    "",
    "This is an email abuse report.",
    "--x",
    "Content-Type: message/feedback-report",
    "",
    "Feedback-Type: abuse",
    "User-Agent: Mailbox/1",
    "Version: 1",
    "",
    "--x",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${header(mail, "Message-ID")}`,
    `List-Unsubscribe: ${header(mail, "List-Unsubscribe")}`,
    "",
    "--x--",
    "",
  ].join("\r\n");
}

function answer(mail: AcceptedMail, text: string, more = ""): string {
  return `From: <${mail.to[0]}>\r\nTo: sales@sender.example\r\nMessage-ID: <answer.${mail.to[0]}>\r\nIn-Reply-To: ${header(mail, "Message-ID")}\r\nSubject: Re: Hello\r\n${more}\r\n${text}\r\n`;
}

/** What comes back for a mail that was accepted; null when nobody answers. */
function reaction(mail: AcceptedMail): { from: string; to: string; raw: string } | "press" | null {
  const person = Number(/person(\d+)@/.exec(mail.to[0] ?? "")?.[1]);
  const back = (raw: string) => ({ from: "", to: mail.from, raw });
  const reply = (raw: string) => ({ from: mail.to[0] ?? "", to: "sales@sender.example", raw });
  switch (scenarioOf(person).name) {
    case "no such user, by mail":
      return back(notice(mail, "failed", "5.1.1", "550 5.1.1 no such user here"));
    case "full box":
      return back(notice(mail, "failed", "5.2.2", "552 5.2.2 mailbox is full"));
    case "spam filter":
      return back(notice(mail, "failed", "5.7.1", "550 5.7.1 message refused as spam"));
    case "delayed":
      return back(notice(mail, "delayed", "4.4.1", "connection timed out"));
    case "complaint":
      return back(complaint(mail));
    case "asks to unsubscribe":
      return reply(answer(mail, "Please unsubscribe me from your mailing list."));
    case "stop by on Tuesday":
      return reply(answer(mail, "Great, I will stop by on Tuesday."));
    case "out of office":
      return reply(
        answer(
          mail,
          "I am out of the office until 20 December 2026.",
          "Auto-Submitted: auto-replied\r\n",
        ),
      );
    case "one-click":
      return "press";
    default:
      return null;
  }
}

async function press(mail: AcceptedMail): Promise<void> {
  const url = /<(https?:[^>]+)>/.exec(header(mail, "List-Unsubscribe"))?.[1] ?? "";
  const pressed = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  expect(pressed.status).toBe(200);
}

async function importPeople(): Promise<string> {
  const list = await heed.ok("POST", "/lists", { name: "The world", kind: "manual" });
  const rows = Array.from({ length: people }, (_, i) => `${address(i)},Person ${i}`);
  const form = new FormData();
  form.append("file", new Blob([["Email,First name", ...rows].join("\n")]), "world.csv");
  const uploaded = await heed.ok("POST", "/imports", form);
  const { job_id } = await heed.ok("POST", `/imports/${uploaded.id}/run`, { list_id: list.id });
  await eventually(async () => (await heed.ok("GET", `/jobs/${job_id}`)).state === "finished", 120);
  return list.id;
}

test("whatever the world answers, each person is stopped as the scenario says and no other", async () => {
  for (let person = 0; person < people; person += 20) {
    world.behave(address(person), { do: "reply", at: "rcpt", reply: "550 5.1.1 no such user" });
  }
  // So many bounces would trip the account's breaker, which has a story of its own.
  await heed.ok("PATCH", "/workspace", { policy: { breaker: { at_least: 1_000_000 } } });
  await heed.ok("POST", "/sending-accounts", {
    provider: "smtp",
    name: "World",
    from_address: "sales@sender.example",
    host: "127.0.0.1",
    port: world.port,
    security: "none",
    connections: 10,
    settings: { return_domain: "back.sender.example" },
    is_default: true,
  });
  const listId = await importPeople();
  const id = await campaign(heed, [listId], ["PT0S", "P30D"]);
  await started(heed, id);

  const mailer = createTransport({
    host: "127.0.0.1",
    port: heed.smtpPort as number,
    pool: true,
    maxConnections: 4,
    maxMessages: Number.POSITIVE_INFINITY,
    ignoreTLS: true,
  });
  const silent = people / 20;
  let answered = 0;
  let sent = 0;
  await eventually(async () => {
    const fresh = world.accepted.slice(answered);
    answered += fresh.length;
    await Promise.all(
      fresh.map(async (mail) => {
        const what = reaction(mail);
        if (what === "press") await press(mail);
        else if (what) {
          sent++;
          const { from, to, raw } = what;
          await mailer.sendMail({ envelope: { from, to }, raw });
        }
      }),
    );
    return answered === people - silent;
  }, 300);
  mailer.close();
  // Eight of every twenty answer by mail.
  expect(sent).toBe((people / 20) * 8);

  await eventually(async () => (await inbound("stored")) === 0, 300);
  expect(await inbound("done")).toBe(sent - (await inbound("waiting")));

  const wrong = (await endState()).filter(
    ({ person, refusals }) => refusals !== scenarioOf(person).refusals,
  );
  expect(wrong.slice(0, 5).map((each) => ({ ...each, scenario: scenarioOf(each.person) }))).toEqual(
    [],
  );
  const { total } = await heed.ok("GET", `/campaigns/${id}/results`);
  const share = people / 20;
  expect(total).toMatchObject({
    sent: people - share,
    // At once, by mail, full box and spam filter: none of them was delivered.
    bounced: 4 * share,
    complained: share,
    // Unsubscribing, and coming by on Tuesday; an absence is no answer.
    replied: 2 * share,
  });
}, 900_000);

async function inbound(state: string): Promise<number> {
  const { rows } = await heed.db.pool.query<{ count: number }>(
    "SELECT count(*) AS count FROM inbound_message WHERE state = $1",
    [state],
  );
  return rows[0]?.count ?? 0;
}

async function endState(): Promise<{ person: number; refusals: string }[]> {
  const found: { person: number; refusals: string }[] = [];
  let cursor: string | null = null;
  do {
    const page: Body = await heed.ok(
      "GET",
      `/contacts?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
    );
    for (const contact of page.items) {
      const email = contact.sending_status.channels.find((each: Body) => each.channel === "email");
      found.push({
        person: Number(/person(\d+)@/.exec(contact.addresses[0].value)?.[1]),
        refusals: email.refusals.join(","),
      });
    }
    cursor = page.next_cursor;
  } while (cursor);
  expect(found).toHaveLength(people);
  return found;
}
