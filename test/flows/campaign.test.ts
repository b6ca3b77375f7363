import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import {
  addTo,
  type Body,
  campaign,
  contact,
  firstMail,
  inState,
  listOf,
  mailTo,
  started,
  template,
} from "./support/outreach.ts";

let heed: TestHeed;
beforeAll(async () => {
  heed = await startHeed();
});
afterAll(() => heed.stop());

const prospect = async (campaignId: string, q: string) =>
  (await heed.ok("GET", `/campaigns/${campaignId}/prospects?q=${q}`)).items[0];

test("the audience is counted by reason before the start, and who is on an excluded list gets nothing", async () => {
  const list = await listOf(
    heed,
    ["in1", "in2", "off", "unsubbed", "barred", "kept-out"].map(
      (name) => `${name}@audience.example`,
    ),
  );
  const [, , off, unsubbed, barred, keptOut] = list.contacts;
  const excluded = await listOf(heed, []);
  await addTo(heed, excluded.id, [keptOut]);
  const phoneOnly = await heed.ok("POST", "/contacts", {
    first_name: "Phone",
    addresses: [{ channel: "sms", value: "+447700900199" }],
  });
  await addTo(heed, list.id, [phoneOnly]);
  await heed.ok("POST", `/contacts/${off.id}/deactivation`, {});
  await heed.ok("POST", "/stops", {
    kind: "unsubscribe",
    address: { channel: "email", value: unsubbed.email },
  });
  await heed.ok("POST", "/stops", {
    kind: "suppression",
    address: { channel: "email", value: unsubbed.email },
  });
  const id = await campaign(heed, [list.id], ["PT0S"], {
    audience: { list_ids: [list.id], excluded_list_ids: [excluded.id] },
  });
  const barring = await heed.ok("PATCH", `/campaigns/${id}/prospects/${barred.id}`, {
    do_not_contact: true,
    because: "in talks",
  });
  expect(barring).toMatchObject({
    do_not_contact: "campaign",
    eligible: false,
    follow_up: null,
    receipt: { stop: { kind: "do_not_contact", campaign_id: id } },
  });

  const audience = await heed.ok("GET", `/campaigns/${id}/audience`);
  expect(audience).toMatchObject({ total: 7, eligible: 2 });
  const counts = (rows: Body[]) => Object.fromEntries(rows.map((row) => [row.code, row.count]));
  expect(counts(audience.refused)).toMatchObject({
    deactivated: 1,
    no_address: 1,
    suppressed: 1,
    do_not_contact: 1,
    excluded: 1,
  });
  expect(counts(audience.by_reason)).toMatchObject({ suppressed: 1, unsubscribed: 1 });

  await started(heed, id, "finished");
  for (const each of list.contacts) {
    expect(await mailTo(heed, each.email), each.email).toHaveLength(
      each.email.startsWith("in") ? 1 : 0,
    );
  }
  const results = await heed.ok("GET", `/campaigns/${id}/results`);
  expect(results.total).toMatchObject({ queued: 2, sent: 2 });
  expect(results.by_state).toMatchObject({ finished: 2, active: 0 });
  expect(results.by_hour.reduce((sum: number, each: Body) => sum + each.sent, 0)).toBe(2);
  expect(
    (await heed.call("PATCH", `/campaigns/${id}`, { steps: [] })).status,
  ).toBeGreaterThanOrEqual(400);
});

test("a paused campaign sends nothing more, and resumed it goes on", async () => {
  const list = await listOf(heed, ["a@pause.example", "b@pause.example"]);
  const id = await campaign(heed, [list.id], ["PT0S", "P1D"]);
  await started(heed, id);
  await firstMail(heed, "a@pause.example");
  await firstMail(heed, "b@pause.example");
  expect(await heed.ok("POST", `/campaigns/${id}/pause`)).toMatchObject({ state: "paused" });
  expect((await heed.call("POST", `/campaigns/${id}/pause`)).status).toBe(409);
  // A person asks for the next step now, and the campaign's pause holds it all the same.
  const { follow_up } = await prospect(id, "a@pause");
  expect((await heed.call("POST", `/follow-ups/${follow_up.id}/continue`)).status).toBe(200);
  expect(await heed.ok("GET", `/campaigns/${id}`)).toMatchObject({ state: "paused" });
  // Another campaign that runs meanwhile shows that the workers had their turn.
  const other = await campaign(heed, [(await listOf(heed, ["c@pause.example"])).id]);
  await started(heed, other, "finished");
  expect(await mailTo(heed, "a@pause.example")).toHaveLength(1);
  await heed.ok("POST", `/campaigns/${id}/resume`);
  await eventually(async () => (await mailTo(heed, "a@pause.example")).length === 2, 50);
  expect(await mailTo(heed, "b@pause.example")).toHaveLength(1);
});

test("Edit prospect, Do not contact, Save: found by search, ends the sequence, and a restart is refused with the reason", async () => {
  const list = await listOf(heed, ["stella@prospects.example", "otto@prospects.example"]);
  const id = await campaign(heed, [list.id], ["PT0S", "P7D"]);
  await started(heed, id);
  await firstMail(heed, "stella@prospects.example");
  const found = await eventually(async () => {
    const one = await prospect(id, "stella");
    return one?.last_message?.state === "accepted" ? one : null;
  });
  expect(found).toMatchObject({
    eligible: true,
    refusals: [],
    do_not_contact: null,
    follow_up: { state: "active", next_step: 1 },
  });
  const saved = await heed.ok("PATCH", `/campaigns/${id}/prospects/${found.contact.id}`, {
    do_not_contact: true,
    scope: "all",
    because: "asked",
    company: "Stella Ltd",
  });
  expect(saved).toMatchObject({
    do_not_contact: "all",
    refusals: ["do_not_contact"],
    contact: { company: "Stella Ltd" },
    follow_up: { state: "stopped", because: "do_not_contact" },
  });

  for (const verb of ["restart", "continue"]) {
    const refused = await heed.call("POST", `/follow-ups/${found.follow_up.id}/${verb}`);
    expect(refused).toMatchObject({
      status: 409,
      body: {
        error: {
          code: "contact_stopped",
          details: { refusals: [{ code: "do_not_contact", because: "asked" }] },
        },
      },
    });
    expect(refused.body.error.message).toMatch(
      /may not be written to: asked \(do_not_contact\); Take it back/,
    );
  }
  const back = await heed.ok("PATCH", `/campaigns/${id}/prospects/${found.contact.id}`, {
    do_not_contact: false,
    scope: "all",
  });
  expect(back).toMatchObject({
    do_not_contact: null,
    eligible: true,
    follow_up: { state: "stopped" },
  });
  expect(await heed.ok("POST", `/follow-ups/${found.follow_up.id}/restart`)).toMatchObject({
    state: "active",
    round: 2,
    next_step: 0,
  });
  await eventually(async () => (await mailTo(heed, "stella@prospects.example")).length === 2, 50);
  expect(await mailTo(heed, "otto@prospects.example")).toHaveLength(1);
});

test("Remove follow-up is no stop: another campaign still reaches the contact", async () => {
  const list = await listOf(heed, ["rita@removed.example"]);
  const id = await campaign(heed, [list.id], ["PT0S", "PT1H"]);
  await started(heed, id);
  await firstMail(heed, "rita@removed.example");
  const { follow_up } = await prospect(id, "rita");
  expect(await heed.ok("POST", `/follow-ups/${follow_up.id}/removal`)).toMatchObject({
    state: "removed",
  });
  expect((await heed.ok("GET", `/contacts/${list.contacts[0].id}/stops`)).items).toEqual([]);
  expect(
    (await heed.call("POST", `/follow-ups/${follow_up.id}/restart`)).body.error.message,
  ).toMatch(/removed. Add the contact to another campaign/);
  await inState(heed, id, "finished");
  await started(heed, await campaign(heed, [list.id]), "finished");
  expect(await mailTo(heed, "rita@removed.example")).toHaveLength(2);
});

test("an answer ends the sequences that stop on reply, by mail and by hand; an automatic one ends none", async () => {
  const list = await listOf(heed, ["amy@reply.example", "bob@reply.example", "cem@reply.example"]);
  const [amy, bob, cem] = list.contacts;
  const id = await campaign(heed, [list.id], ["PT0S", "P2D"]);
  const goesOn = await campaign(heed, [list.id], ["P3D"], { stop_on_reply: false });
  await started(heed, id);
  await started(heed, goesOn);
  const mail = await firstMail(heed, amy.email);
  await firstMail(heed, cem.email);
  const receive = (raw: string) =>
    heed.call("POST", "/inbound/messages", raw, { headers: { "content-type": "message/rfc822" } });
  const answer = (from: string, to: Body, more = "") =>
    `From: <${from}>\r\nTo: sales@heed.example\r\nMessage-ID: <${Math.random()}@reply.example>\r\nIn-Reply-To: ${to.headers["message-id"]}\r\nSubject: Re\r\n${more}\r\nCould you send me more information, please?\r\n`;

  const absent = await receive(
    answer(cem.email, await firstMail(heed, cem.email), "Auto-Submitted: auto-replied\r\n"),
  );
  expect(absent.body).toMatchObject({ kind: "auto_reply", contact_id: cem.id });
  // From another address than we wrote to: the Message-ID says whose it is.
  const reply = await receive(answer("amy.private@elsewhere.example", mail));
  expect(reply.body).toMatchObject({ kind: "reply", contact_id: amy.id });
  expect((await heed.call("POST", `/contacts/${bob.id}/replies`)).status).toBe(204);
  expect(
    (await receive("From: <stranger@nowhere.example>\r\nSubject: Hi\r\n\r\nHi\r\n")).body,
  ).toMatchObject({ kind: "reply", contact_id: null });

  const states = async (who: Body) =>
    Object.fromEntries(
      (await heed.ok("GET", `/contacts/${who.id}/follow-ups`)).items.map((each: Body) => [
        each.campaign_id,
        each.state,
      ]),
    );
  expect(await states(amy)).toEqual({ [id]: "replied", [goesOn]: "active" });
  expect(await states(bob)).toEqual({ [id]: "replied", [goesOn]: "active" });
  expect(await states(cem)).toEqual({ [id]: "active", [goesOn]: "active" });
  expect((await heed.ok("GET", `/campaigns/${id}/results`)).total.replied).toBe(2);
  expect((await heed.ok("GET", `/contacts/${amy.id}`)).stage).toBe("responded");
  for (const raw of ["", "\u0000\u0001", "no headers at all"]) {
    const odd = await receive(raw);
    expect([200, 400, 422], JSON.stringify(raw)).toContain(odd.status);
  }
});

test("a test send goes to the tester, and never to a stopped address", async () => {
  const who = await contact(heed, "sample@test.example");
  const id = await campaign(heed, [(await listOf(heed, [])).id]);
  const sent = await heed.call("POST", `/campaigns/${id}/test`, {
    to: "me@tester.example",
    contact_id: who.id,
  });
  expect(sent.status).toBe(202);
  expect(await firstMail(heed, "me@tester.example")).toMatchObject({
    subject: expect.stringMatching(/Hello sample/),
  });
  await heed.ok("POST", "/stops", {
    kind: "unsubscribe",
    address: { channel: "email", value: "me@tester.example" },
  });
  const refused = await heed.call("POST", `/campaigns/${id}/test`, {
    to: "Me@Tester.example",
    contact_id: who.id,
  });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.body.error.code).toBe("address_stopped");
  expect(await mailTo(heed, "me@tester.example")).toHaveLength(1);
  expect((await heed.ok("GET", `/campaigns/${id}/results`)).total.sent).toBe(0);
});

test("outside its sending window a campaign defers its messages", async () => {
  const list = await listOf(heed, ["later@window.example"]);
  // Open on one weekday alone, three days from now.
  const day = ((new Date().getUTCDay() + 2) % 7) + 1;
  const id = await campaign(heed, [list.id], ["PT0S"], {
    sending_window: { days: [day], from: "09:00", to: "17:00" },
    time_zone: "UTC",
  });
  await started(heed, id);
  const message = await eventually(
    async () => (await heed.ok("GET", `/contacts/${list.contacts[0].id}/messages`)).items[0],
    50,
  );
  expect(message).toMatchObject({ state: "queued", attempts: 0 });
  const due = new Date(message.due_at);
  expect([due.getUTCDay() || 7, due.getUTCHours(), due.getUTCMinutes()]).toEqual([day, 9, 0]);
  expect(await mailTo(heed, "later@window.example")).toEqual([]);
  // A stop reaches what is deferred.
  const receipt = await heed.ok("POST", `/contacts/${list.contacts[0].id}/deactivation`, {});
  expect(receipt.cancelled_messages).toBe(1);
  await inState(heed, id, "finished");
  expect(await heed.ok("GET", `/messages/${message.id}`)).toMatchObject({
    state: "cancelled",
    refusals: ["deactivated"],
    cancelled_by: [{ kind: "deactivation" }],
  });
  expect(
    (await heed.ok("GET", `/contacts/${list.contacts[0].id}/why?campaign_id=${id}`)).answer,
  ).toMatch(/deactivat/i);
});

test("a campaign that cannot run is refused with what is missing", async () => {
  const list = await listOf(heed, ["x@refused.example"]);
  const templateId = await template(heed);
  const refused = async (body: object) => {
    const answer = await heed.call("POST", "/campaigns", { name: "Refused", ...body });
    expect(answer.status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    return answer.body.error.message as string;
  };
  expect(await refused({ time_zone: "Mars/Olympus" })).toMatch(
    /no time zone "Mars\/Olympus".*Europe\/Berlin/,
  );
  expect(await refused({ time_zone: "+02:00" })).toMatch(/no time zone/);
  expect(await refused({ steps: [{ template_id: list.id }] })).toMatch(
    /templates that do not exist/,
  );
  expect(await refused({ steps: [{ template_id: templateId, delay: "tomorrow" }] })).toMatch(
    /ISO 8601 duration, such as/,
  );
  expect(await refused({ steps: [{ template_id: templateId, delay: "-PT1H" }] })).toMatch(
    /back in time/,
  );
  expect(
    await refused({ audience: { list_ids: [list.id], excluded_list_ids: [list.id] } }),
  ).toMatch(/cannot be the audience and excluded/);
  expect(await refused({ sending_window: { days: [1], from: "17:00", to: "09:00" } })).toMatch(
    /open before it closes/,
  );
  expect(await refused({ name: "Two\r\nBcc: all@example.org" })).toMatch(/line|control/i);
  const { id } = await heed.ok("POST", "/campaigns", { name: "Empty" });
  const start = await heed.call("POST", `/campaigns/${id}/start`);
  expect(start.status).toBe(422);
  expect(start.body.error.message).toMatch(/step|list/);
});
