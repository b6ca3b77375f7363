import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkspace } from "../../src/modules/access/index.ts";
import { startHeed, type TestHeed } from "../support/heed.ts";
import { cli } from "./support/cli.ts";
import {
  addTo,
  type Body,
  campaign,
  contact,
  firstMail,
  listOf,
  started,
} from "./support/outreach.ts";

let heed: TestHeed;
let topicId: string;
beforeAll(async () => {
  heed = await startHeed();
  topicId = (await heed.ok("POST", "/topics", { name: "Product news" })).id;
});
afterAll(() => heed.stop());

async function consentOf(contactId: string, topic = topicId): Promise<Body> {
  const { items } = await heed.ok("GET", `/contacts/${contactId}/consents`);
  return items.find((each: Body) => each.topic_id === topic && each.channel === "email");
}
async function refusals(contactId: string, query = `topic_id=${topicId}`): Promise<string[]> {
  const { channels } = await heed.ok(
    "GET",
    `/contacts/${contactId}/sending-status?channel=email&${query}`,
  );
  return channels[0].refusals.map((each: Body) => each.code);
}
const press = (url: string, fields: Record<string, string>, headers: object = {}) =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields).toString(),
  });

describe("where the workspace requires consent", () => {
  beforeAll(() => heed.ok("PATCH", "/workspace", { policy: { consent_required: true } }));
  afterAll(() => heed.ok("PATCH", "/workspace", { policy: { consent_required: false } }));

  test("a campaign reaches those who opted in, and implied consent ends by itself", async () => {
    const list = await listOf(heed, [
      "in@c.example",
      "implied@c.example",
      "over@c.example",
      "not@c.example",
    ]);
    const [agreed, implied, over, not] = list.contacts.map((each) => each.id);
    await heed.ok("POST", `/contacts/${agreed}/consents`, {
      topic_id: topicId,
      evidence: "card of 3 May",
    });
    const soon = new Date(Date.now() + 86_400_000).toISOString();
    const gone = new Date(Date.now() - 1000).toISOString();
    for (const [id, expires_at] of [
      [implied, soon],
      [over, gone],
    ]) {
      const said = {
        topic_id: topicId,
        state: "implied",
        evidence: "bought in the shop",
        expires_at,
      };
      await heed.ok("POST", `/contacts/${id}/consents`, said);
    }
    expect(await refusals(agreed)).toEqual([]);
    expect(await refusals(implied)).toEqual([]);
    expect(await refusals(over)).toEqual(["no_consent"]);
    expect(await refusals(not)).toEqual(["no_consent"]);
    // A letter by hand is administrative: it names no topic and no campaign.
    expect(await refusals(not, "")).toEqual([]);
    expect((await consentOf(over)).state).toBe("expired");
    const id = await campaign(heed, [list.id], ["PT0S"], { topic_id: topicId });
    const audience = await heed.ok("GET", `/campaigns/${id}/audience`);
    expect(audience).toMatchObject({ eligible: 2 });
    await started(heed, id, "finished");
    expect(
      (await heed.ok("GET", "/sink?limit=50")).items.map((mail: Body) => mail.to).sort(),
    ).toEqual(["implied@c.example", "in@c.example"]);
  });

  test("a campaign without a topic reaches nobody", async () => {
    const list = await listOf(heed, ["topicless@c.example"]);
    await heed.ok("POST", `/contacts/${list.contacts[0].id}/consents`, {
      topic_id: topicId,
      evidence: "card",
    });
    const id = await campaign(heed, [list.id]);
    expect(await heed.ok("GET", `/campaigns/${id}/audience`)).toMatchObject({ eligible: 0 });
  });
});

test("an opt-in that a user records lifts no unsubscribe, and implied consent needs its end", async () => {
  const person = await contact(heed, "left@c.example");
  const address = { channel: "email", value: "left@c.example" };
  await heed.ok("POST", "/stops", { kind: "unsubscribe", address, topic_id: topicId });
  const after = await heed.ok("POST", `/contacts/${person.id}/consents`, {
    topic_id: topicId,
    evidence: "they said so at the fair",
  });
  expect(after.items[0].state).toBe("opted_out");
  expect(after.history.map((each: Body) => each.state)).toEqual(["opted_in", "opted_out"]);
  expect(after.history[0].evidence).toEqual({ note: "they said so at the fair" });
  expect(await refusals(person.id)).toEqual(["unsubscribed"]);
  const body = { topic_id: topicId, state: "implied", evidence: "bought" };
  expect((await heed.call("POST", `/contacts/${person.id}/consents`, body)).status).toBe(400);
  const none = { topic_id: topicId, evidence: " " };
  expect((await heed.call("POST", `/contacts/${person.id}/consents`, none)).status).toBe(400);
});

describe("the preference page", () => {
  let link: string;
  let personId: string;
  let otherTopic: string;
  beforeAll(async () => {
    otherTopic = (await heed.ok("POST", "/topics", { name: "Events" })).id;
    const list = await heed.ok("POST", "/lists", { name: "Prefs", kind: "manual" });
    const person = await contact(heed, "prefs@c.example");
    personId = person.id;
    await addTo(heed, list.id, [person]);
    const templateId = (
      await heed.ok("POST", "/templates", {
        name: "Plain",
        subject: "Hi",
        format: "text",
        body: "Hi",
      })
    ).id;
    const { id } = await heed.ok("POST", "/campaigns", {
      name: "Prefs",
      audience: { list_ids: [list.id], excluded_list_ids: [] },
      steps: [{ template_id: templateId, delay: "PT0S" }],
      topic_id: topicId,
    });
    await started(heed, id, "finished");
    const mail = await firstMail(heed, "prefs@c.example");
    link = /Your choices: (\S+)/.exec(mail.text)?.[1] as string;
  });

  test("stands in the footer; looking changes nothing and names nobody", async () => {
    expect(link).toMatch(/\/p\/[\w-]+$/);
    const page = await fetch(`${link}?do=stop_all`, { headers: { "accept-language": "de" } });
    const html = await page.text();
    expect(html).toContain("Ihre Auswahl");
    expect(html).toContain("„Product news“ beenden");
    expect(html).not.toContain("prefs@c.example");
    expect(html).not.toContain("<script");
    expect(await refusals(personId)).toEqual([]);
  });

  test("leaves one topic, comes back to it, and the history tells both", async () => {
    expect((await press(link, { do: "leave", topic: topicId })).status).toBe(200);
    expect(await refusals(personId)).toEqual(["unsubscribed"]);
    expect(await refusals(personId, `topic_id=${otherTopic}`)).toEqual([]);
    const back = await press(link, { do: "join", topic: topicId });
    expect(await back.text()).toContain("Your choice is saved");
    expect(await refusals(personId)).toEqual([]);
    expect((await consentOf(personId)).state).toBe("opted_in");
    const { history } = await heed.ok("GET", `/contacts/${personId}/consents`);
    expect(history.map((each: Body) => [each.state, each.source])).toEqual([
      ["opted_in", "preference_page"],
      ["lifted", "recipient"],
      ["opted_out", "preference_page"],
    ]);
    expect(history[0].evidence.wording).toContain("Product news");
    expect(JSON.stringify(history)).not.toContain("127.0.0.1");
  });

  test("stops everything; coming back to a topic needs everything allowed again first", async () => {
    await press(link, { do: "stop_all" });
    expect(await refusals(personId, "")).toEqual(["unsubscribed"]);
    await press(link, { do: "join", topic: otherTopic });
    expect(await refusals(personId, `topic_id=${otherTopic}`)).toEqual(["unsubscribed"]);
    await press(link, { do: "resume" });
    expect(await refusals(personId, "")).toEqual([]);
  });

  test("lifts nothing but the person's own unsubscribe", async () => {
    await heed.ok("POST", "/stops", {
      kind: "suppression",
      address: { channel: "email", value: "prefs@c.example" },
    });
    await press(link, { do: "stop_all" });
    await press(link, { do: "resume" });
    await press(link, { do: "join", topic: topicId });
    expect(await refusals(personId)).toEqual(["suppressed"]);
  });

  test("a link that is not whole does nothing, and neither does an unsubscribe link", async () => {
    const mail = await firstMail(heed, "prefs@c.example");
    const unsubscribe = /Unsubscribe: \S+\/u\/(\S+)/.exec(mail.text)?.[1] as string;
    const base = link.slice(0, link.lastIndexOf("/"));
    for (const token of [unsubscribe, link.slice(base.length + 1, -1), "x"]) {
      expect((await press(`${base}/${token}`, { do: "resume" })).status).toBe(404);
    }
    for (const fields of ["", "do=join", "do=join&topic=x", "do=lift"]) {
      const asked = Object.fromEntries(new URLSearchParams(fields));
      expect((await press(link, asked)).status).toBe(400);
    }
  });
});

describe("a form to subscribe", () => {
  let form: Body;
  let listId: string;
  beforeAll(async () => {
    listId = (await heed.ok("POST", "/lists", { name: "Subscribers", kind: "manual" })).id;
    form = await heed.ok("POST", "/forms", {
      name: "Newsletter",
      kind: "subscribe",
      topic_id: topicId,
      list_id: listId,
      fields: ["first_name"],
      origins: ["https://shop.example"],
    });
  });

  const send = (fields: Record<string, string>, headers: object = {}) =>
    press(form.url.replace(/^https?:\/\/[^/]+/, heed.url), fields, headers);
  const confirmLink = async (email: string) => {
    const mail = await firstMail(heed, email);
    const path = /(\/f\/confirm\/\S+)/.exec(mail.text)?.[1] as string;
    return heed.url + path;
  };
  const found = async (email: string): Promise<Body | undefined> =>
    (await heed.ok("GET", `/contacts?q=${encodeURIComponent(email)}`)).items[0];

  test("asks by mail, and only the confirmation makes a contact with its evidence", async () => {
    const page = await (await fetch(`${heed.url}/f/${form.id}`)).text();
    expect(page).toContain("I want to get “Product news”");
    expect(page).not.toContain("<script");
    const sent = await send({ email: "new@f.example", first_name: "Nia", last_name: "not asked" });
    expect(await sent.text()).toContain("One more step");
    const link = await confirmLink("new@f.example");
    expect(await found("new@f.example")).toBeUndefined();
    expect(await (await fetch(link)).text()).toContain("Nothing changes until you press");
    expect(await found("new@f.example")).toBeUndefined();
    for (let again = 0; again < 2; again++) {
      expect(await (await press(link, {})).text()).toContain("You are subscribed");
    }
    const person = await found("new@f.example");
    expect(person).toMatchObject({ first_name: "Nia", last_name: "" });
    const { items, history } = await heed.ok("GET", `/contacts/${person.id}/consents`);
    expect(items.find((each: Body) => each.topic_id === topicId).state).toBe("opted_in");
    expect(history).toHaveLength(1);
    expect(history[0]).toMatchObject({
      source: "form",
      actor: { type: "recipient" },
      evidence: { form_id: form.id, double_opt_in: true },
    });
    expect(history[0].evidence.wording).toContain("Product news");
    const members = await heed.ok("GET", `/contacts?list_id=${listId}`);
    expect(members.items.map((each: Body) => each.id)).toEqual([person.id]);
  });

  test("answers a known, an unknown and a suppressed address alike, and the suppressed gets no mail", async () => {
    await contact(heed, "known@f.example");
    const address = { channel: "email", value: "hushed@f.example" };
    await heed.ok("POST", "/stops", { kind: "suppression", address });
    const answers: string[] = [];
    for (const name of ["known", "unknown", "hushed"]) {
      const answer = await send({ email: `${name}@f.example` });
      answers.push(`${answer.status} ${await answer.text()}`);
    }
    expect(new Set(answers).size).toBe(1);
    await firstMail(heed, "known@f.example");
    await firstMail(heed, "unknown@f.example");
    expect((await heed.ok("GET", "/sink?to=hushed@f.example")).items).toEqual([]);
  });

  test("confirmed, it lifts the unsubscribe from its topic and nothing else; an exclusion stays", async () => {
    const person = await contact(heed, "back@f.example");
    const address = { channel: "email", value: "back@f.example" };
    await heed.ok("POST", "/stops", { kind: "unsubscribe", address, topic_id: topicId });
    await heed.ok("POST", "/stops", {
      kind: "do_not_disturb",
      contact_id: person.id,
      channel: "sms",
    });
    await heed.ok("POST", `/lists/${listId}/exclusions`, { selection: { ids: [person.id] } });
    await send({ email: "back@f.example" });
    await press(await confirmLink("back@f.example"), {});
    expect(await refusals(person.id)).toEqual([]);
    const { items } = await heed.ok("GET", `/contacts/${person.id}/stops`);
    expect(items.map((each: Body) => [each.kind, each.standing]).sort()).toEqual([
      ["do_not_disturb", true],
      ["unsubscribe", false],
    ]);
    const members = await heed.ok("GET", `/contacts?list_id=${listId}`);
    expect(members.items.map((each: Body) => each.id)).not.toContain(person.id);
  });

  test("without a confirmation nothing is lifted", async () => {
    const single = await heed.ok("POST", "/forms", {
      name: "At once",
      kind: "subscribe",
      topic_id: topicId,
      double_opt_in: false,
    });
    const person = await contact(heed, "single@f.example");
    const address = { channel: "email", value: "single@f.example" };
    await heed.ok("POST", "/stops", { kind: "unsubscribe", address, topic_id: topicId });
    await press(`${heed.url}/f/${single.id}`, { email: "single@f.example", lang: "fr" });
    expect(await refusals(person.id)).toEqual(["unsubscribed"]);
  });

  test("takes JSON, refuses what is no address, and lets a program that fills in the trap believe", async () => {
    const json = await fetch(`${heed.url}/f/${form.id}`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ email: "json@f.example" }),
    });
    expect(await json.json()).toEqual({ status: "received" });
    await firstMail(heed, "json@f.example");
    const wrong = await send({ email: "no address" });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain("This is no email address");
    expect((await send({ email: `${"x".repeat(9000)}@f.example` })).status).toBe(422);
    expect((await send({ email: "bot@f.example", website: "http://spam" })).status).toBe(200);
    const { rows } = await heed.db.pool.query(
      "SELECT count(*)::int AS count FROM form_submission WHERE address = 'bot@f.example'",
    );
    expect(rows[0].count).toBe(0);
  });

  test("one address is asked at most three times an hour, one sender thirty times in ten minutes", async () => {
    for (let i = 0; i < 5; i++)
      await send({ email: "often@f.example" }, { "x-forwarded-for": `10.0.0.${i}` });
    await firstMail(heed, "often@f.example");
    const { rows } = await heed.db.pool.query(
      "SELECT count(*)::int AS count FROM form_submission WHERE address = 'often@f.example'",
    );
    expect(rows[0].count).toBe(3);
    const statuses: number[] = [];
    for (let i = 0; i < 31; i++) {
      const sent = await send({ email: "x" }, { "x-forwarded-for": "10.9.9.9" });
      statuses.push(sent.status);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  test("may stand in a frame of the websites it names, and in no other", async () => {
    const framed = await fetch(`${heed.url}/f/${form.id}?embed=1`);
    const policy = framed.headers.get("content-security-policy");
    expect(policy).toContain("frame-ancestors 'self' https://shop.example");
    expect(framed.headers.get("x-frame-options")).toBeNull();
    const alone = await fetch(`${heed.url}/f/${form.id}`);
    expect(alone.headers.get("content-security-policy")).toContain("frame-ancestors 'self';");
    expect(form.snippet).toContain(`action="${form.url}"`);
    expect(form.snippet).not.toContain("<script");
  });

  test("taken out of use, its page is gone and nothing more is confirmed", async () => {
    await send({ email: "late@f.example" });
    const link = await confirmLink("late@f.example");
    await heed.ok("DELETE", `/forms/${form.id}`);
    expect((await press(link, {})).status).toBe(410);
    expect((await send({ email: "later@f.example" })).status).toBe(404);
    expect((await fetch(`${heed.url}/f/${topicId}`)).status).toBe(404);
    expect(await found("late@f.example")).toBeUndefined();
  });
});

test("a stop form stops at once, also an address that nobody has yet", async () => {
  const form = await heed.ok("POST", "/forms", { name: "No more", kind: "stop" });
  expect((await press(`${heed.url}/f/${form.id}`, { email: "Stop@F.example" })).status).toBe(200);
  const person = await contact(heed, "stop@f.example");
  const { items } = await heed.ok("GET", `/contacts/${person.id}/stops`);
  expect(items).toMatchObject([{ kind: "unsubscribe", cause: "form", standing: true }]);
});

test("an update form changes the details of who confirms, and makes nobody", async () => {
  const form = await heed.ok("POST", "/forms", {
    name: "My details",
    kind: "update",
    fields: ["first_name", "company"],
  });
  const person = await contact(heed, "details@f.example");
  for (const email of ["details@f.example", "nobody@f.example"]) {
    await press(`${heed.url}/f/${form.id}`, { email, company: "New Works" });
  }
  const mail = await firstMail(heed, "details@f.example");
  expect((await heed.ok("GET", `/contacts/${person.id}`)).company).toBe("");
  const path = /(\/f\/confirm\/\S+)/.exec(mail.text)?.[1] as string;
  await press(heed.url + path, {});
  const after = await heed.ok("GET", `/contacts/${person.id}`);
  expect(after).toMatchObject({ first_name: "details", company: "New Works" });
  expect((await heed.ok("GET", "/sink?to=nobody@f.example")).items).toEqual([]);
});

test("who may not edit forms is refused, and a form that cannot work is not made", async () => {
  const wrong = [
    { name: "A", kind: "subscribe" },
    { name: "A", kind: "update" },
    { name: "A", kind: "stop", list_id: topicId },
    { name: "A", kind: "stop", origins: ["https://x.example/path"] },
    { name: "A", kind: "stop", redirect_url: "javascript:alert(1)" },
    { name: "no MORE", kind: "stop" },
  ];
  for (const body of wrong) {
    expect((await heed.call("POST", "/forms", body)).status, body.name).toBeGreaterThanOrEqual(400);
  }
});

test("a spam report by API is a complaint that nobody lifts; a person at the screen cannot make one", async () => {
  const person = await contact(heed, "reporter@c.example");
  const receipt = await heed.ok("POST", "/stops", {
    cause: "complaint",
    address: { channel: "email", value: "reporter@c.example" },
    origin: "abuse desk of c.example",
    evidence: { report_id: "arf-77" },
  });
  expect(receipt.stop).toMatchObject({ kind: "suppression", cause: "complaint", channel: "email" });
  const { items } = await heed.ok("GET", `/contacts/${person.id}/stops`);
  expect(items[0].evidence).toEqual({ report_id: "arf-77", origin: "abuse desk of c.example" });
  const proof = { authorization: "they changed their mind", evidence: { letter: "yes" } };
  const lift = await heed.call("POST", `/stops/${receipt.stop.id}/lift`, proof);
  expect([lift.status, lift.body.error.code]).toEqual([403, "lift_not_allowed"]);
  const deactivating = { kind: "deactivation", cause: "complaint", contact_id: person.id };
  expect((await heed.call("POST", "/stops", deactivating)).status).toBe(400);
  expect((await heed.call("POST", "/stops", { contact_id: person.id })).status).toBe(400);
});

test("the operator suppresses in every workspace, also in one made later, and alone takes it back", {
  timeout: 120_000,
}, async () => {
  const person = await contact(heed, "everywhere@o.example");
  expect((await cli(heed, "suppress", "everywhere@o.example")).stderr).toContain("--everywhere");
  const done = await cli(heed, "suppress", "--everywhere", "Everywhere@o.example", "--json");
  expect(done.json).toMatchObject({ workspaces: 1, added: 1 });
  await cli(heed, "suppress", "--everywhere", "@blocked.example");
  expect(await refusals(person.id, "")).toEqual(["suppressed"]);
  const [stop] = (await heed.ok("GET", `/contacts/${person.id}/stops`)).items;
  expect(stop).toMatchObject({ cause: "organisation", who_may_lift: "the operator" });
  const lift = { authorization: "please", evidence: { any: "thing" } };
  expect((await heed.call("POST", `/stops/${stop.id}/lift`, lift)).status).toBe(403);
  expect((await cli(heed, "lift", stop.id, "--authorization", "please")).code).toBe(1);

  const { workspaceId } = await createWorkspace(heed.db, { name: "Later", timeZone: "UTC" });
  const stops = () =>
    heed.db.inWorkspace(workspaceId, async (tx) => {
      const { rows } = await sql<{ subject_type: string }>`
        SELECT subject_type FROM standing_stop WHERE cause = 'organisation' ORDER BY 1`.execute(tx);
      return rows.map((row) => row.subject_type);
    });
  expect(await stops()).toEqual(["address", "domain"]);
  const back = ["--everywhere", "everywhere@o.example", "--authorization", "order lifted"];
  expect((await cli(heed, "unsuppress", ...back, "--json")).json).toEqual({ lifted: 2 });
  expect(await refusals(person.id, "")).toEqual([]);
  expect(await stops()).toEqual(["domain"]);
  const { workspaceId: latest } = await createWorkspace(heed.db, {
    name: "Latest",
    timeZone: "UTC",
  });
  const count = await heed.db.inWorkspace(latest, async (tx) => {
    const { rows } = await sql`SELECT 1 FROM standing_stop`.execute(tx);
    return rows.length;
  });
  expect(count).toBe(1);
});

test("who got messages and never reacted is suggested as a list, and nobody is stopped", async () => {
  const list = await listOf(heed, ["quiet@u.example", "answers@u.example", "agrees@u.example"]);
  const [quiet, answers, agrees] = list.contacts.map((each) => each.id);
  await started(heed, await campaign(heed, [list.id], ["PT0S"]), "finished");
  await heed.db.pool.query("UPDATE contact SET replied_at = now() WHERE id = $1", [answers]);
  await heed.ok("POST", `/contacts/${agrees}/consents`, { topic_id: topicId, evidence: "card" });
  const found = async (query: string): Promise<string[]> =>
    (await heed.ok("GET", `/contacts/unengaged?${query}&limit=200`)).items.map(
      (each: Body) => each.contact_id,
    );
  const suggested = await found("messages=1&days=30");
  expect(suggested).toContain(quiet);
  expect(suggested).not.toContain(answers);
  expect(suggested).not.toContain(agrees);
  expect(await found("messages=2&days=30")).not.toContain(quiet);
  const made = await heed.ok("POST", "/lists/from-unengaged", {
    name: "Sunset",
    messages: 1,
    days: 30,
  });
  expect(made).toMatchObject({ added: suggested.length, complete: true });
  expect(await refusals(quiet, "")).toEqual([]);
});
