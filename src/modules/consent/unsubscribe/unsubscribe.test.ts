import { connect } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import { listen, type TestServer } from "../../../../test/builders/test-server.ts";
import { buildWorkspace } from "../../../../test/builders/workspace.ts";
import { freshDatabase, type TestDatabase } from "../../../../test/support/database.ts";
import { newId } from "../../../kernel/ids.ts";
import { keyOfAddress } from "../../contacts/index.ts";
import { system } from "../../ledger/index.ts";
import { makeStop } from "../make-stop.ts";
import { sendingStatus } from "../sending-status.ts";
import { createTopic } from "../topics/create-topic.ts";
import { publicStopRoutes } from "./routes.ts";
import { makeUnsubscribeToken } from "./token.ts";

let test: TestDatabase;
let server: TestServer;
let workspaceId: string;
let topicId: string;
let contactId: string;
let messageId: string;
let link: string;
let topicOfMessage: string | null;
let number = 0;

beforeAll(async () => {
  test = await freshDatabase();
  workspaceId = await buildWorkspace(test.db, "Engines & <Sons>");
  topicId = (
    await test.db.inWorkspace(workspaceId, (tx) => createTopic(tx, { name: "News", description: "", actor: system }))
  ).id;
  server = await listen(test.db, publicStopRoutes({ topicOfMessage: async () => topicOfMessage }));
});
afterAll(async () => {
  await server.close();
  await test.close();
});

beforeEach(async () => {
  topicOfMessage = null;
  messageId = newId();
  const email = `Ann.Lee+${number++}@example.org`;
  contactId = await test.db.inWorkspace(workspaceId, (tx) => buildContactRow(tx, { email: `a${number}-${email}` }));
  link = linkFor(`a${number}-${email}`);
});

function linkFor(email: string): string {
  const { key } = keyOfAddress(test.db.secrets, "email", email);
  return `${server.url}/u/${makeUnsubscribeToken(test.db.secrets, { workspaceId, key, channel: "email", messageId })}`;
}

function refusals(asked: { topicId?: string } = {}): Promise<string[]> {
  return test.db.inWorkspace(workspaceId, async (tx) =>
    (await sendingStatus(tx, { contactId, channel: "email", ...asked })).refusals.map((each) => each.code),
  );
}

async function stops(): Promise<{ cause: string; topic_id: string | null; evidence: unknown; actor_type: string; standing: boolean }[]> {
  const key = await test.db.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{ cause: string; topic_id: string | null; evidence: unknown; actor_type: string; standing: boolean }>`
      SELECT s.cause, s.topic_id, d.evidence, s.actor_type,
             EXISTS (SELECT 1 FROM standing_stop x WHERE x.stop_id = s.id) AS standing
      FROM stop s JOIN stop_detail d ON d.stop_id = s.id
      WHERE d.evidence->>'message_id' = ${messageId} ORDER BY s.made_at`.execute(tx);
    return rows;
  });
  return key;
}

function press(fields: Record<string, string>, to = link, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(to, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
}

function undoIn(page: string): string {
  return /name="undo" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

describe("opening the link", () => {
  it("shows one button, nothing about the person, and changes nothing", async () => {
    for (const method of ["GET", "HEAD", "OPTIONS", "GET"]) {
      const answer = await fetch(link, { method });
      expect(answer.status).toBeLessThan(method === "OPTIONS" ? 500 : 300);
      const page = await answer.text();
      if (method === "GET") {
        expect(page).toContain("Engines &amp; &lt;Sons&gt;");
        expect(page.match(/<button/g)).toHaveLength(1);
        expect(page).not.toMatch(/ann|example\.org|<script/i);
      }
    }
    expect(await stops()).toEqual([]);
    expect(await refusals()).toEqual([]);
  });

  it("is kept by no cache, found by no search engine and told to no other site", async () => {
    const { headers } = await fetch(link);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-robots-tag")).toContain("noindex");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("set-cookie")).toBeNull();
  });

  it("answers in the reader's language", async () => {
    const page = await (await fetch(link, { headers: { "accept-language": "de-CH,de;q=0.9" } })).text();
    expect(page).toContain('<html lang="de">');
    expect(page).toContain("Abmelden");
  });

  it("offers the message's topic alone as the second choice", async () => {
    topicOfMessage = topicId;
    const page = await (await fetch(link)).text();
    expect(page.match(/<button/g)).toHaveLength(2);
    expect(page).toContain(`name="topic" value="${topicId}"`);
  });
});

describe("pressing unsubscribe", () => {
  it("on the page stops the whole channel at once, without a redirect", async () => {
    const answer = await press({ by: "page" });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("You are unsubscribed");
    expect(await refusals()).toEqual(["unsubscribed"]);
    expect(await stops()).toEqual([
      { cause: "link", topic_id: null, evidence: { message_id: messageId }, actor_type: "recipient", standing: true },
    ]);
  });

  it("for one topic alone leaves the others", async () => {
    topicOfMessage = topicId;
    const page = await (await press({ by: "page", topic: topicId })).text();
    expect(page).toContain("News");
    expect(await refusals()).toEqual([]);
    expect(await refusals({ topicId })).toEqual(["unsubscribed"]);
  });

  it("for a topic that is not there stops everything", async () => {
    await press({ by: "page", topic: newId() });
    expect(await refusals()).toEqual(["unsubscribed"]);
  });

  it("in a mail program acts at once, urlencoded or multipart", async () => {
    const urlencoded = await press({ "List-Unsubscribe": "One-Click" });
    expect(urlencoded.status).toBe(200);
    expect((await stops()).map((stop) => stop.cause)).toEqual(["one_click"]);
    messageId = newId();
    const form = new FormData();
    form.set("List-Unsubscribe", "One-Click");
    const multipart = await fetch(linkFor("other@example.org"), { method: "POST", body: form, redirect: "manual" });
    expect(multipart.status).toBe(200);
    expect((await stops()).map((stop) => stop.cause)).toEqual(["one_click"]);
  });

  it("works with an empty body, and with a topic that a mail program made up", async () => {
    expect((await fetch(link, { method: "POST" })).status).toBe(200);
    expect(await refusals()).toEqual(["unsubscribed"]);
  });

  it.each([
    ["no content type", undefined, "List-Unsubscribe=One-Click"],
    ["broken JSON", "application/json", "{"],
    ["empty JSON", "application/json", ""],
    ["an unknown type", "application/x-absurd", "\0\u0001"],
    ["no real content type", "absurd", "x"],
    ["multipart without a boundary", "multipart/form-data", "x"],
    ["multipart that breaks off", "multipart/form-data; boundary=b", "--b\r\nContent-Dis"],
    ["a body over every limit", "application/x-www-form-urlencoded", "x".repeat(3_000_000)],
    ["a large file in multipart", "multipart/form-data; boundary=b", `--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n${"x".repeat(3_000_000)}`],
  ])("acts on %s all the same", async (_what, type, body) => {
    const answer = await raw("POST", new URL(link).pathname, type, body);
    expect(answer).toContain("HTTP/1.1 200");
    expect(await refusals()).toEqual(["unsubscribed"]);
  });

  it("may be repeated, and says the same", async () => {
    const first = await (await press({ by: "page" })).text();
    const second = await (await press({ by: "page" })).text();
    expect(second).toContain("You are unsubscribed");
    expect(undoIn(first)).not.toBe("");
    // The link alone must never lead to a lift of an earlier stop (S11).
    expect(undoIn(second)).toBe("");
    await Promise.all(Array.from({ length: 8 }, () => press({ by: "page" })));
    expect(await stops()).toHaveLength(1);
  });

  it("works when the contact is gone, and holds for whoever comes back with the address", async () => {
    await test.db.inWorkspace(workspaceId, (tx) => sql`DELETE FROM contact WHERE id = ${contactId}`.execute(tx));
    expect((await press({ "List-Unsubscribe": "One-Click" })).status).toBe(200);
    contactId = await test.db.inWorkspace(workspaceId, (tx) =>
      buildContactRow(tx, { email: `A${number}-ann.lee+${number - 1}@EXAMPLE.org` }),
    );
    expect(await refusals()).toEqual(["unsubscribed"]);
  });
});

describe("a forged or truncated link", () => {
  it("stops nobody and says what to do", async () => {
    for (const bad of [`${link.slice(0, -1)}`, `${link}A`, `${server.url}/u/x`, link.replace(/.$/, (c) => (c === "A" ? "B" : "A"))]) {
      for (const method of ["GET", "POST"]) {
        const answer = await fetch(bad, { method });
        expect(answer.status).toBe(404);
        expect(await answer.text()).toContain("answer the message");
      }
    }
    expect(await stops()).toEqual([]);
  });
});

describe("undo", () => {
  it("takes exactly that press back", async () => {
    const undo = undoIn(await (await press({ by: "page" })).text());
    const answer = await press({ undo }, `${link}/undo`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("Taken back");
    expect(await refusals()).toEqual([]);
    expect((await press({ undo }, `${link}/undo`)).status).toBe(200);
    await press({ by: "page" });
    await press({ undo }, `${link}/undo`);
    expect(await refusals()).toEqual(["unsubscribed"]);
  });

  it("leaves an earlier unsubscribe and every other stop", async () => {
    await press({ "List-Unsubscribe": "One-Click" });
    await test.db.inWorkspace(workspaceId, (tx) =>
      makeStop(tx, { kind: "suppression", subject: { contactId }, cause: "complaint", actor: system }),
    );
    const undo = undoIn(await (await press({ by: "page" })).text());
    await press({ undo }, `${link}/undo`);
    expect(await refusals()).toEqual(["suppressed", "unsubscribed"]);
  });

  it("is not to be had from the link, a mail program's answer, or another person's press", async () => {
    expect(undoIn(await (await fetch(link)).text())).toBe("");
    expect(undoIn(await (await press({ "List-Unsubscribe": "One-Click" }, linkFor("c@example.org"))).text())).toBe("");
    const theirs = undoIn(await (await press({ by: "page" }, linkFor("d@example.org"))).text());
    await press({ by: "page" });
    for (const undo of [theirs, link.split("/").at(-1) ?? "", "", "x"]) {
      const answer = await press({ undo }, `${link}/undo`);
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain("Nothing was changed");
    }
    expect(await refusals()).toEqual(["unsubscribed"]);
  });

  it("is recorded as the recipient's lift", async () => {
    const undo = undoIn(await (await press({ by: "page" })).text());
    await press({ undo }, `${link}/undo`);
    const acts = await test.db.inWorkspace(workspaceId, async (tx) => {
      const { rows } = await sql<{ act: string; actor_type: string }>`
        SELECT act, actor_type FROM ledger_entry ORDER BY id DESC LIMIT 2`.execute(tx);
      return rows;
    });
    expect(acts).toEqual([
      { act: "stop.lifted", actor_type: "recipient" },
      { act: "stop.made", actor_type: "recipient" },
    ]);
  });
});

/** A request as a careless client writes it. Reads until the server has answered. */
function raw(method: string, path: string, type: string | undefined, body: string): Promise<string> {
  const { port, hostname } = new URL(server.url);
  return new Promise((done, failed) => {
    let answer = "";
    const socket = connect(Number(port), hostname);
    socket.on("error", (error) => (answer ? done(answer) : failed(error)));
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => done(answer));
    socket.write(
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${type === undefined ? "" : `Content-Type: ${type}\r\n`}\r\n`,
    );
    socket.write(body);
  });
}
