import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
import { cli } from "./support/cli.ts";
import { type Body, campaign, contact, listOf } from "./support/outreach.ts";
import { type Person, person } from "./support/people.ts";

let heed: TestHeed;
let marketing: Person;
let sales: Person;
let topicId: string;
let campaignId: string;
beforeAll(async () => {
  heed = await startHeed({ roles: ["web"] });
  marketing = await person(heed, "Marketing Manager");
  sales = await person(heed, "Sales Manager");
  topicId = (await heed.ok("POST", "/topics", { name: "Product news" })).id;
  campaignId = await campaign(heed, [(await listOf(heed, [])).id]);
});
afterAll(() => heed.stop());

type Codes = Record<string, string[]>;

/** The profile, the contact list and, when asked, the terminal: each channel's reasons must be the same. */
async function agreed(who: Body, options: { terminal?: boolean } = {}): Promise<Codes> {
  const { channels } = await heed.ok("GET", `/contacts/${who.id}/sending-status`);
  const codes = codesOf(channels);
  const listed = (await heed.ok("GET", `/contacts?q=${encodeURIComponent(who.email)}`)).items.find(
    (each: Body) => each.id === who.id,
  );
  expect(codesOf(listed.sending_status.channels)).toEqual(codes);
  if (options.terminal) {
    const said = await cli(heed, "status", who.email, "--json");
    expect(said.stderr).toBe("");
    expect(said.json.contact_id).toBe(who.id);
    expect(codesOf(said.json.channels)).toEqual(codes);
    expect(JSON.parse(JSON.stringify(said.json.channels))).toEqual(channels);
  }
  return codes;
}

function codesOf(
  channels: { channel: string; eligible: boolean; refusals: (string | { code: string })[] }[],
): Codes {
  for (const each of channels) expect(each.eligible).toBe(each.refusals.length === 0);
  return Object.fromEntries(
    channels.map(({ channel, refusals }) => [
      channel,
      [...new Set(refusals.map((each) => (typeof each === "string" ? each : each.code)))],
    ]),
  );
}

const stoppable = (email: string) =>
  contact(heed, email, {
    addresses: [
      { channel: "email", value: email },
      {
        channel: "sms",
        value:
          "+447700900123".slice(0, -4) +
          String(1000 + email.length * 37 + email.charCodeAt(0)).slice(-4),
      },
    ],
  });

const lift = (who: Person["call"] | TestHeed["call"], stopId: string, body: object = {}) =>
  who("POST", `/stops/${stopId}/lift`, body);

test("deactivation: every channel is red, and activating states who authorised it", async () => {
  const who = await stoppable("deactivated@example.org");
  const receipt = await heed.ok("POST", `/contacts/${who.id}/deactivation`, {
    because: "asked on the phone",
  });
  expect(receipt).toMatchObject({
    added: true,
    cancelled_messages: 0,
    under_way: [],
    stop: { kind: "deactivation", subject_type: "contact" },
  });
  const codes = await agreed(who, { terminal: true });
  for (const channel of ["email", "sms", "whatsapp", "call"])
    expect(codes[channel]).toContain("deactivated");

  const refused = await sales.call("DELETE", `/contacts/${who.id}/deactivation`, {
    authorization: "I think so",
  });
  expect(refused.status).toBe(403);
  expect(refused.body.error).toMatchObject({
    code: "permission_denied",
    details: { permission: "contacts.reactivate" },
  });
  expect(refused.body.error.message).toMatch(/Ask one of them: .*Marketing Manager/);
  expect((await lift(sales.call, receipt.stop.id, { authorization: "I think so" })).status).toBe(
    403,
  );

  const unproved = await marketing.call("DELETE", `/contacts/${who.id}/deactivation`, {
    authorization: "  ",
  });
  expect(unproved.status).toBe(403);
  expect(unproved.body.error.message).toMatch(/State who authorised it/);
  expect((await agreed(who)).email).toEqual(["deactivated"]);

  const lifted = await marketing.call("DELETE", `/contacts/${who.id}/deactivation`, {
    authorization: "called back on 3 March",
  });
  expect(lifted.body).toEqual({ lifted_stop_ids: [receipt.stop.id] });
  expect((await agreed(who)).email).toEqual([]);
  const [history] = (await heed.ok("GET", `/contacts/${who.id}/stops`)).items;
  expect(history).toMatchObject({
    standing: false,
    because: "asked on the phone",
    lift: { authorization: "called back on 3 March" },
  });
  expect(
    (await marketing.call("DELETE", `/contacts/${who.id}/deactivation`, { authorization: "again" }))
      .status,
  ).toBe(409);
});

test("unsubscribe: the person only, unless the workspace lets administrators, with evidence", async () => {
  const who = await stoppable("unsubscribed@example.org");
  const { stop } = await heed.ok("POST", "/stops", {
    kind: "unsubscribe",
    address: { channel: "email", value: who.email },
  });
  expect(await agreed(who)).toMatchObject({ email: ["unsubscribed"], sms: [] });
  const refused = await lift(heed.call, stop.id, {
    authorization: "they said so",
    evidence: { note: "mail" },
  });
  expect(refused.status).toBe(403);
  expect(refused.body.error).toMatchObject({ code: "lift_not_allowed" });
  expect(refused.body.error.message).toMatch(/the person only/);

  await heed.ok("PATCH", "/workspace", { policy: { administrators_may_lift_unsubscribes: true } });
  expect(
    (await lift(sales.call, stop.id, { authorization: "x", evidence: { note: "x" } })).status,
  ).toBe(403);
  expect(
    (await lift(heed.call, stop.id, { authorization: "they wrote" })).body.error.message,
  ).toMatch(/Attach the evidence/);
  expect(
    (
      await lift(heed.call, stop.id, {
        authorization: "they wrote",
        evidence: { letter: "2026-03-01" },
      })
    ).status,
  ).toBe(200);
  await heed.ok("PATCH", "/workspace", { policy: { administrators_may_lift_unsubscribes: false } });
  expect((await agreed(who)).email).toEqual([]);
});

test("unsubscribe from a topic leaves the rest of the channel", async () => {
  const who = await stoppable("topic@example.org");
  await heed.ok("POST", "/stops", {
    kind: "unsubscribe",
    address: { channel: "email", value: who.email },
    topic_id: topicId,
  });
  expect((await agreed(who)).email).toEqual([]);
  const about = await heed.ok(
    "GET",
    `/contacts/${who.id}/sending-status?channel=email&topic_id=${topicId}`,
  );
  expect(about.channels[0]).toMatchObject({
    eligible: false,
    refusals: [{ code: "unsubscribed" }],
  });
  const said = await cli(heed, "status", who.email, "--topic", topicId, "--json");
  expect(said.json.channels.find((each: Body) => each.channel === "email")).toEqual(
    about.channels[0],
  );
});

test("do not contact: in one campaign or in all; whoever edits contacts takes it back", async () => {
  const who = await stoppable("notcontacted@example.org");
  const one = await heed.ok("POST", "/stops", {
    kind: "do_not_contact",
    contact_id: who.id,
    campaign_id: campaignId,
  });
  expect((await agreed(who)).email).toEqual([]);
  const inCampaign = await heed.ok(
    "GET",
    `/contacts/${who.id}/sending-status?channel=email&campaign_id=${campaignId}`,
  );
  expect(inCampaign.channels[0].refusals).toMatchObject([
    { code: "do_not_contact", stop_id: one.stop.id, who_may_lift: "a user with contacts.edit" },
  ]);
  const all = await heed.ok("POST", "/stops", { kind: "do_not_contact", contact_id: who.id });
  const said = await cli(heed, "status", who.email, "--campaign", campaignId, "--json");
  expect(said.json.channels[0].refusals.map((each: Body) => each.stop_id).sort()).toEqual(
    [one.stop.id, all.stop.id].sort(),
  );
  expect((await lift(sales.call, all.stop.id)).status).toBe(200);
  expect((await agreed(who)).email).toEqual([]);
  expect(
    (
      await heed.ok(
        "GET",
        `/contacts/${who.id}/sending-status?channel=email&campaign_id=${campaignId}`,
      )
    ).channels[0].eligible,
  ).toBe(false);
});

test("do not disturb: per channel, and set back where it was set", async () => {
  const who = await stoppable("undisturbed@example.org");
  const set = await sales.call("PUT", `/contacts/${who.id}/do-not-disturb`, {
    sms: "outbound",
    call: "both",
    because: "no texts",
  });
  expect(set.body.receipts).toHaveLength(2);
  expect(await agreed(who)).toMatchObject({ email: [], sms: ["do_not_disturb"] });
  const back = await sales.call("PUT", `/contacts/${who.id}/do-not-disturb`, { sms: "off" });
  expect(back.status).toBe(200);
  const codes = await agreed(who);
  expect(codes.sms).toEqual([]);
  expect(codes.call).toContain("do_not_disturb");
});

test("suppression: bounces and manual ones by stops.lift, a complaint by nobody; a domain covers its people", async () => {
  const who = await stoppable("suppressed@quiet.example");
  const address = { channel: "email", value: "Suppressed+tag@Quiet.example" };
  const manual = await heed.ok("POST", "/stops", {
    kind: "suppression",
    address: { ...address, value: who.email },
    because: "asked by phone",
  });
  const domain = await heed.ok("POST", "/stops", { kind: "suppression", domain: "quiet.example" });
  const complaint = await heed.ok("POST", "/stops", {
    kind: "suppression",
    address: { ...address, value: who.email },
    cause: "complaint",
  });
  const refusals = (await heed.ok("GET", `/contacts/${who.id}/sending-status?channel=email`))
    .channels[0].refusals;
  expect(refusals.map((each: Body) => each.stop_id).sort()).toEqual(
    [manual.stop.id, domain.stop.id, complaint.stop.id].sort(),
  );
  expect(await agreed(who, { terminal: true })).toMatchObject({ email: ["suppressed"] });

  expect(
    (await lift(sales.call, manual.stop.id, { authorization: "x" })).body.error.message,
  ).toMatch(/stops\.lift/);
  expect(
    (await lift(marketing.call, manual.stop.id, { authorization: "the person wrote" })).status,
  ).toBe(200);
  expect(
    (await lift(marketing.call, domain.stop.id, { authorization: "their IT wrote" })).status,
  ).toBe(200);
  const never = await lift(heed.call, complaint.stop.id, {
    authorization: "please",
    evidence: { note: "x" },
  });
  expect(never.status).toBe(403);
  expect(never.body.error.message).toMatch(/never lifted/);
  expect((await agreed(who)).email).toEqual(["suppressed"]);
  expect((await cli(heed, "lift", complaint.stop.id, "--authorization", "please")).code).toBe(1);
});

describe("at the terminal", () => {
  test.each([
    ["deactivation", "id", "deactivated"],
    ["do_not_disturb", "id", "do_not_disturb"],
  ] as const)("%s is made, seen everywhere, and lifted", async (kind, by, code) => {
    const who = await stoppable(`terminal.${kind}@example.org`);
    const made = await cli(
      heed,
      "stop",
      who[by],
      "--kind",
      kind,
      "--because",
      "asked by phone",
      "--json",
    );
    expect(made.stderr).toBe("");
    expect(made.json).toMatchObject({
      added: true,
      stop: { kind, actor_type: "operator" },
      cancelled_messages: 0,
    });
    expect((await agreed(who)).email).toEqual([code]);
    const lifted = await cli(
      heed,
      "lift",
      made.json.stop.id,
      "--authorization",
      "Ada called, ticket 812",
      "--json",
    );
    expect(lifted.json).toMatchObject({ stop_id: made.json.stop.id, kind });
    expect((await agreed(who)).email).toEqual([]);
  });

  test("an unsubscribe can be made and not lifted; a whole domain can be stopped and is shown", async () => {
    const who = await stoppable("terminal@gone.example");
    const made = await cli(heed, "stop", who.email, "--kind", "unsubscribe", "--json");
    expect((await agreed(who)).email).toEqual(["unsubscribed"]);
    const refused = await cli(heed, "lift", made.json.stop.id, "--authorization", "me", "--json");
    expect(refused).toMatchObject({ code: 1, json: { error: { code: "lift_not_allowed" } } });
    expect(refused.stderr).toMatch(/the person only/);
    expect((await cli(heed, "stop", "@gone.example", "--json")).code).toBe(0);
    expect((await agreed(who)).email).toEqual(["suppressed", "unsubscribed"]);
    const said = await cli(heed, "status", "@gone.example");
    expect(said.stdout).toMatch(/suppression since .*stop [0-9a-f-]{36}/);
  });

  test("what cannot be done ends with status 1 and a message that says what to do", async () => {
    for (const [args, message] of [
      [["stop", "ada@@example.org"], /address/i],
      [["lift", "not-an-id", "--authorization", "me"], /heed status|id/i],
      [["stop", "ada@example.org", "--kind", "unsubscribe", "--topic", "x"], /id/i],
      [["stop", "ada@example.org", "--kind", "deactivation"], /contact/i],
    ] as const) {
      const said = await cli(heed, ...args);
      expect(said.code, args.join(" ")).toBe(1);
      expect(said.stderr, args.join(" ")).toMatch(message);
      expect(said.stderr, args.join(" ")).not.toMatch(/failed:|syntax|at .*\.ts/);
    }
  });
});
