import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
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
    for (const fields of [{}, { do: "join" }, { do: "join", topic: "x" }, { do: "lift" }]) {
      expect((await press(link, fields)).status).toBe(400);
    }
  });
});
