import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { twilioSignature } from "../../src/providers/twilio/webhook.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { addTo, type Body, inState, mailTo, started, template } from "./support/outreach.ts";

const token = "the auth token of Twilio";
const sid = `AC${"0".repeat(32)}`;
let heed: TestHeed;
let twilio: Server;
let sent: URLSearchParams[];
let refuseWith: number | null = null;
let first: Body;
let second: Body;

beforeAll(async () => {
  sent = [];
  twilio = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (refuseWith !== null) {
        response.writeHead(400).end(JSON.stringify({ code: refuseWith, message: "refused" }));
        return;
      }
      sent.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      response.writeHead(201).end(JSON.stringify({ sid: `SM${sent.length}` }));
    });
  });
  await new Promise<void>((ready) => twilio.listen(0, "127.0.0.1", ready));
  heed = await startHeed();
});
afterAll(async () => {
  await heed.stop();
  await new Promise((done) => twilio.close(done));
});

function twilioAccount(from: string, isDefault: boolean): Promise<Body> {
  return heed.ok("POST", "/sending-accounts", {
    name: `Twilio ${from}`,
    provider: "twilio",
    channel: "sms",
    from_address: from,
    username: sid,
    password: token,
    base_url: `http://127.0.0.1:${(twilio.address() as AddressInfo).port}`,
    reply_to: "help@heed.example",
    is_default: isDefault,
  });
}

/** What Twilio's webhook says, and what Heed answers. */
async function tell(account: Body, fields: Record<string, string>, query = ""): Promise<string> {
  const url = `${heed.url}${account.hook_path}${query}`;
  const body = new URLSearchParams(fields);
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": twilioSignature(token, url, body),
    },
    body,
  });
  expect(answer.status).toBe(200);
  return answer.text();
}
let texts = 0;
const text = (account: Body, from: string, words: string, more: Record<string, string> = {}) =>
  tell(account, {
    MessageSid: `SMin${++texts}`,
    SmsStatus: "received",
    From: from,
    To: account.from_address,
    Body: words,
    ...more,
  });

let people = 0;
async function person(more: { email?: string } = {}): Promise<Body> {
  const phone = `+324701234${String(10 + ++people)}`;
  const made = await heed.ok("POST", "/contacts", {
    first_name: "Ada",
    addresses: [
      { channel: "sms", value: phone },
      ...(more.email ? [{ channel: "email", value: more.email }] : []),
    ],
  });
  return { ...made, phone };
}
let campaigns = 0;
async function campaignTo(contacts: readonly Body[], steps: readonly object[]): Promise<string> {
  const list = await heed.ok("POST", "/lists", { name: `Texts ${++campaigns}`, kind: "manual" });
  await addTo(heed, list.id, contacts);
  const { id } = await heed.ok("POST", "/campaigns", {
    name: `Texts ${campaigns}`,
    audience: { list_ids: [list.id], excluded_list_ids: [] },
    steps,
  });
  return id;
}
const sms = async (body = "Hi {{ contact.first_name }}, reply STOP to end") =>
  (
    await heed.ok("POST", "/templates", {
      name: `SMS ${++campaigns}.${body.length}`,
      format: "sms",
      body,
    })
  ).id;
const refusals = async (contact: Body, channel = "sms") =>
  (
    await heed.ok("GET", `/contacts/${contact.id}/sending-status?channel=${channel}`)
  ).channels[0].refusals.map((each: Body) => each.code);
const messages = async (contact: Body): Promise<Body[]> =>
  (await heed.ok("GET", `/contacts/${contact.id}/messages`)).items;

test("texts go into the sink until an account is set up, as words and nothing else", async () => {
  const reached = await person();
  const unreached = await heed.ok("POST", "/contacts", {
    addresses: [{ channel: "email", value: "no-number@example.org" }],
  });
  const campaignId = await campaignTo([reached, unreached], [{ template_id: await sms() }]);
  expect(await heed.ok("GET", `/campaigns/${campaignId}/audience`)).toMatchObject({
    eligible: 1,
    refused: [{ code: "no_address", count: 1 }],
  });
  await started(heed, campaignId, "finished");
  const [kept] = await mailTo(heed, reached.phone);
  expect(kept.text.trim()).toBe("Hi Ada, reply STOP to end");
  expect(sent).toEqual([]);
});

test("a template says how many texts it costs, and fits no step by mail", async () => {
  const preview = await heed.ok("POST", "/templates/preview", {
    subject: "",
    format: "sms",
    body: "ç".repeat(80),
  });
  expect(preview.segments).toEqual({ encoding: "ucs2", units: 80, segments: 2 });
  const wrong = await heed.call("POST", "/campaigns", {
    name: "Wrong",
    steps: [{ template_id: await sms("x"), channel: "email" }],
  });
  expect(wrong.body.error.code).toBe("step_channel_mismatch");
  const mail = await heed.call("POST", "/templates", {
    name: "No subject",
    format: "text",
    subject: "",
    body: "x",
  });
  expect(mail.body.error.message).toContain("subject");
});

test("a sequence goes on by text where it began by mail, and ends when its person says STOP to any of our numbers", async () => {
  first = await twilioAccount("+14155550111", true);
  second = await twilioAccount("+14155550122", false);
  const contact = await person({ email: "both@example.org" });
  const campaignId = await campaignTo(
    [contact],
    [
      { template_id: await template(heed) },
      { template_id: await sms("Second, {{ contact.first_name }}"), delay: "PT0S" },
      { template_id: await sms("Third"), delay: "PT1H" },
    ],
  );
  await started(heed, campaignId);
  await eventually(async () => sent.some((each) => each.get("Body") === "Second, Ada"));
  expect(await mailTo(heed, "both@example.org")).toHaveLength(1);
  const [step] = (await messages(contact)).filter((each) => each.channel === "sms");
  await eventually(async () =>
    (await messages(contact)).some((each) => each.channel === "sms" && each.state === "accepted"),
  );
  await tell(
    first,
    { MessageSid: "SM1", MessageStatus: "delivered", To: contact.phone },
    `?message=${(step as Body).id}`,
  );
  await eventually(async () =>
    (await messages(contact)).some((each) => each.state === "delivered"),
  );

  const answer = await text(second, contact.phone, "Stop!");
  expect(answer).toMatch(/<Message>.*unsubscribed.*<\/Message>/);
  expect(await refusals(contact)).toEqual(["unsubscribed"]);
  expect(await refusals(contact, "email")).toEqual([]);
  await inState(heed, campaignId, "finished");
  // Said again, to another of our numbers: it stands already, and is confirmed no second time.
  expect(await text(first, contact.phone, "STOP")).not.toContain("<Message>");
});

test("the same text told twice does nothing twice", async () => {
  const contact = await person();
  const fields = {
    MessageSid: "SMsame",
    SmsStatus: "received",
    From: contact.phone,
    To: "+14155550111",
    Body: "stop",
  };
  const answers = await Promise.all([
    tell(first, fields),
    tell(first, fields),
    tell(first, fields),
  ]);
  expect(answers.filter((each) => each.includes("<Message>"))).toHaveLength(1);
  expect((await heed.ok("GET", `/contacts/${contact.id}/stops`)).items).toHaveLength(1);
  await text(first, contact.phone, "START");
  // The old STOP comes late once more: what START ended stays ended.
  await tell(first, fields);
  expect(await refusals(contact)).toEqual([]);
});

test("START ends what STOP said and no complaint; HELP says where to ask; Twilio's own answers are not repeated", async () => {
  const contact = await person();
  await text(first, contact.phone, "STOP");
  await heed.ok("POST", "/stops", {
    kind: "suppression",
    address: { channel: "sms", value: contact.phone },
    because: "by hand",
  });
  expect(await refusals(contact)).toEqual(["suppressed", "unsubscribed"]);
  await text(first, contact.phone, "start");
  expect(await refusals(contact)).toEqual(["suppressed"]);
  expect(await text(first, contact.phone, "HELP")).toContain("help@heed.example");
  const other = await person();
  expect(await text(first, other.phone, "STOP", { OptOutType: "STOP" })).not.toContain("<Message>");
  expect(await refusals(other)).toEqual(["unsubscribed"]);
});

test("words of one's own stop as well; doubtful ones wait for a person, whose reading counts for texts", async () => {
  const plain = await person();
  expect(await text(first, plain.phone, "Please stop texting me")).toContain("<Message>");
  expect(await refusals(plain)).toEqual(["unsubscribed"]);
  const doubtful = await person();
  expect(await text(first, doubtful.phone, "Sorry, wrong number")).not.toContain("<Message>");
  expect(await refusals(doubtful)).toEqual([]);
  const waiting = (await heed.ok("GET", "/inbox?channel=sms")).items.find(
    (each: Body) => each.from_address === doubtful.phone || each.contact?.id === doubtful.id,
  );
  expect(waiting).toMatchObject({ state: "waiting", certain: false, said: "Sorry, wrong number" });
  await heed.ok("POST", `/inbox/${waiting.id}/classification`, { meaning: "unsubscribe" });
  expect(await refusals(doubtful)).toEqual(["unsubscribed"]);
});

test("a number that no contact has is stopped from birth", async () => {
  await text(first, "+32470999999", "STOP");
  const contact = await heed.ok("POST", "/contacts", {
    addresses: [{ channel: "sms", value: "+32470999999" }],
  });
  expect(await refusals(contact)).toEqual(["unsubscribed"]);
});

test("an answer of any other kind ends the sequence and stops nobody", async () => {
  const contact = await person();
  const campaignId = await campaignTo(
    [contact],
    [{ template_id: await sms("One") }, { template_id: await sms("Two!"), delay: "PT1H" }],
  );
  await started(heed, campaignId);
  await eventually(async () => (await messages(contact)).some((each) => each.state === "accepted"));
  expect(await text(first, contact.phone, "Sure, call me tomorrow")).not.toContain("<Message>");
  await inState(heed, campaignId, "finished");
  expect(await refusals(contact)).toEqual([]);
  expect((await heed.ok("GET", `/campaigns/${campaignId}/results`)).total.replied).toBe(1);
});

test.each([
  [21610, "unsubscribed", "unsubscribe"],
  [21211, "suppressed", "suppression"],
])("Twilio's refusal %i makes our own stop", async (code, refusal, kind) => {
  const contact = await person();
  refuseWith = code;
  try {
    const campaignId = await campaignTo([contact], [{ template_id: await sms("Anybody there?") }]);
    await started(heed, campaignId, "finished");
    await eventually(async () => (await refusals(contact)).length > 0);
  } finally {
    refuseWith = null;
  }
  expect(await refusals(contact)).toEqual([refusal]);
  expect((await heed.ok("GET", `/contacts/${contact.id}/stops`)).items).toMatchObject([{ kind }]);
});

test("three texts in a week that could not reach a number put it into quarantine", async () => {
  const contact = await person();
  for (let n = 0; n < 3; n++) {
    expect(await refusals(contact)).toEqual([]);
    await tell(first, {
      MessageSid: `SMlost${n}`,
      MessageStatus: "undelivered",
      ErrorCode: "30003",
      To: contact.phone,
    });
    await new Promise((wake) => setTimeout(wake, 300));
  }
  await eventually(async () => (await refusals(contact)).includes("quarantined"));
});
