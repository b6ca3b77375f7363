import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
import {
  type Body,
  campaign,
  contact,
  firstMail,
  linkOf,
  listOf,
  started,
} from "./support/outreach.ts";

const names = [
  "urlencoded",
  "multipart",
  "empty",
  "garbage",
  "deleted",
  "undo",
  "topic",
  "forged",
  "head",
  "twice",
];
let heed: TestHeed;
const links = new Map<string, string>();
const ids = new Map<string, string>();
beforeAll(async () => {
  heed = await startHeed();
  const { id: topicId } = await heed.ok("POST", "/topics", { name: "Product news" });
  const list = await listOf(
    heed,
    names.map((name) => `${name}@recipients.example`),
  );
  await started(heed, await campaign(heed, [list.id], ["PT0S"], { topic_id: topicId }), "finished");
  for (const [at, name] of names.entries()) {
    links.set(name, linkOf(await firstMail(heed, `${name}@recipients.example`)));
    ids.set(name, list.contacts[at].id);
  }
});
afterAll(() => heed.stop());

const link = (name: string) => links.get(name) as string;
const post = (name: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(link(name), {
    method: "POST",
    headers,
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });

async function stopsOf(name: string): Promise<Body[]> {
  return (await heed.ok("GET", `/contacts/${ids.get(name)}/stops`)).items;
}
async function may(name: string): Promise<boolean> {
  return (await heed.ok("GET", `/contacts/${ids.get(name)}/sending-status?channel=email`))
    .channels[0].eligible;
}

test("looking changes nothing: GET, HEAD and OPTIONS, however often", async () => {
  for (const method of ["GET", "GET", "HEAD", "OPTIONS"]) {
    const answer = await fetch(link("head"), { method });
    expect(answer.status, method).toBeLessThan(500);
    await answer.text();
  }
  for (const query of ["?List-Unsubscribe=One-Click", "?by=page", "?_method=POST"])
    await fetch(link("head") + query);
  await fetch(`${link("head")}/undo`);
  expect(await stopsOf("head")).toEqual([]);
  expect(await may("head")).toBe(true);
  const page = await fetch(link("head"));
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("x-robots-tag")).toMatch(/noindex/);
  expect(page.headers.get("set-cookie")).toBeNull();
  const html = await page.text();
  expect(html).toMatch(/<form method="post"/);
  expect(html).not.toContain("head@recipients.example"); // the page names nobody
});

const boundary = "x1";
test.each([
  [
    "urlencoded",
    "List-Unsubscribe=One-Click",
    { "content-type": "application/x-www-form-urlencoded" },
  ],
  [
    "multipart",
    `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`,
    { "content-type": `multipart/form-data; boundary=${boundary}` },
  ],
  ["empty", undefined, {}],
  ["garbage", '{"List-Unsubscribe": [[[', { "content-type": "application/json" }],
] as const)(
  "one press stops at once, without cookie, sign-in or redirect: %s body",
  async (name, body, headers) => {
    const answer = await post(name, body, headers as Record<string, string>);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toBeNull();
    const stops = await stopsOf(name);
    expect(stops).toMatchObject([
      {
        kind: "unsubscribe",
        channel: "email",
        topic_id: null,
        cause: "one_click",
        standing: true,
        actor: { type: "recipient" },
      },
    ]);
    expect(await may(name)).toBe(false);
  },
);

test("pressing twice, and twice at once, is one stop", async () => {
  const answers = await Promise.all([
    post("twice", "List-Unsubscribe=One-Click"),
    post("twice", "List-Unsubscribe=One-Click"),
    post("twice"),
  ]);
  expect(answers.map((each) => each.status)).toEqual([200, 200, 200]);
  expect((await post("twice")).status).toBe(200);
  expect(await stopsOf("twice")).toHaveLength(1);
});

test("the link works after the contact is gone, and whoever is created with the address is stopped from birth", async () => {
  const owner = new pg.Client({ connectionString: heed.db.url });
  await owner.connect();
  const { rows } = await owner.query(
    "SELECT table_name FROM information_schema.columns WHERE column_name = 'contact_id' AND table_schema = 'public' AND table_name <> ALL ($1)",
    [["ledger_entry", "live_contact"]],
  );
  await owner.query("SET session_replication_role = replica");
  for (const { table_name } of rows)
    await owner
      .query(`DELETE FROM ${pg.escapeIdentifier(table_name)} WHERE contact_id = $1`, [
        ids.get("deleted"),
      ])
      .catch(() => {});
  const gone = await owner.query("DELETE FROM contact WHERE id = $1", [ids.get("deleted")]);
  await owner.end();
  expect(gone.rowCount).toBe(1);
  expect((await fetch(link("deleted"))).status).toBe(200);
  expect(
    (
      await post("deleted", "List-Unsubscribe=One-Click", {
        "content-type": "application/x-www-form-urlencoded",
      })
    ).status,
  ).toBe(200);
  const again = await contact(heed, "deleted@recipients.example");
  expect(
    again.sending_status.channels.find((each: Body) => each.channel === "email"),
  ).toMatchObject({ eligible: false, refusals: ["unsubscribed"] });
});

test("a link that is not ours, cut short or altered stops nothing and says what to do", async () => {
  const whole = new URL(link("forged"));
  const token = whole.pathname.slice(3);
  const flipped = (at: number) =>
    token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
  const bad = [
    token.slice(0, -1),
    token.slice(0, 20),
    `${token}A`,
    flipped(0),
    flipped(30),
    flipped(50),
    flipped(token.length - 2),
    "x",
    "A".repeat(88),
    "%00",
    "..%2f..%2fetc",
    "é".repeat(20),
  ];
  for (const each of bad) {
    for (const method of ["GET", "POST"]) {
      const answer = await fetch(`${whole.origin}/u/${each}`, { method, redirect: "manual" });
      const page = await answer.text();
      expect([400, 404], `${method} ${each}`).toContain(answer.status);
      if (answer.status === 404 && !each.includes("%"))
        expect(page).toMatch(/Open it again from the message/);
    }
  }
  expect(
    (await fetch(`${whole.origin}/u/${"A".repeat(5000)}`, { method: "POST" })).status,
  ).toBeLessThan(500);
  expect(await stopsOf("forged")).toEqual([]);
});

test("the page speaks the recipient's language", async () => {
  const french = await (
    await fetch(link("forged"), { headers: { "accept-language": "fr-CH, fr;q=0.9, en;q=0.8" } })
  ).text();
  expect(french).toMatch(/<html lang="fr"/);
  expect(french).toMatch(/Se désabonner/);
  expect(french).toMatch(/Arrêter tous les e-mails/);
  for (const odd of ["xx", "", "*", "fr;q=banana", "-".repeat(3000)]) {
    expect((await fetch(link("forged"), { headers: { "accept-language": odd } })).status, odd).toBe(
      200,
    );
  }
});

const form = { "content-type": "application/x-www-form-urlencoded" };

test("a press on the page can be taken back there, and the mail's own link cannot lift", async () => {
  const done = await (await post("undo", "by=page", form)).text();
  expect(await may("undo")).toBe(false);
  const undo = /name="undo" value="([^"]+)"/.exec(done)?.[1] as string;
  const tryUndo = (name: string, value: string) =>
    fetch(`${link(name)}/undo`, {
      method: "POST",
      headers: form,
      body: new URLSearchParams({ undo: value }),
    });
  expect((await tryUndo("undo", "")).status).toBe(410);
  expect((await tryUndo("undo", new URL(link("undo")).pathname.slice(3))).status).toBe(410);
  expect((await tryUndo("urlencoded", undo)).status).toBe(410); // another person's
  expect(await may("undo")).toBe(false);
  expect((await tryUndo("undo", undo)).status).toBe(200);
  expect(await may("undo")).toBe(true);
  expect((await tryUndo("undo", undo)).status).toBe(200); // again: still taken back
  expect(await stopsOf("undo")).toMatchObject([
    { standing: false, lift: { actor: { type: "recipient" } } },
  ]);
  // A one-click press is answered to a program; there is nothing to take back.
  expect(await (await post("undo", "List-Unsubscribe=One-Click", form)).text()).not.toMatch(
    /name="undo"/,
  );
});

test("the page offers to leave the topic alone", async () => {
  const asked = await (await fetch(link("topic"))).text();
  const topicId = /name="topic" value="([^"]+)"/.exec(asked)?.[1] as string;
  expect(asked).toMatch(/Stop only “Product news”/);
  const done = await (
    await post("topic", new URLSearchParams({ by: "page", topic: topicId }).toString(), form)
  ).text();
  expect(done).toMatch(/no more emails about “Product news”/);
  expect(await stopsOf("topic")).toMatchObject([{ topic_id: topicId, cause: "link" }]);
  expect(await may("topic")).toBe(true);
  expect(
    (
      await heed.ok(
        "GET",
        `/contacts/${ids.get("topic")}/sending-status?channel=email&topic_id=${topicId}`,
      )
    ).channels[0].eligible,
  ).toBe(false);
});
