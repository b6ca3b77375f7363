import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import {
  comeBack,
  contactId,
  link,
  linkFor,
  messageId,
  messagesAreAbout,
  nextMessage,
  press,
  raw,
  refusals,
  stops,
  test,
  topicId,
  undoIn,
  useRecipient,
  workspaceId,
} from "../../../../test/builders/recipient.ts";
import { newId } from "../../../kernel/ids.ts";

useRecipient();

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
    const page = await (
      await fetch(link, { headers: { "accept-language": "de-CH,de;q=0.9" } })
    ).text();
    expect(page).toContain('<html lang="de">');
    expect(page).toContain("Abmelden");
  });

  it("offers the message's topic alone as the second choice", async () => {
    messagesAreAbout(topicId);
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
      {
        cause: "link",
        topic_id: null,
        evidence: { message_id: messageId },
        actor_type: "recipient",
        standing: true,
      },
    ]);
  });

  it("for one topic alone leaves the others", async () => {
    messagesAreAbout(topicId);
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
    nextMessage();
    const form = new FormData();
    form.set("List-Unsubscribe", "One-Click");
    const multipart = await fetch(linkFor("other@example.org"), {
      method: "POST",
      body: form,
      redirect: "manual",
    });
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
    [
      "a large file in multipart",
      "multipart/form-data; boundary=b",
      `--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n${"x".repeat(3_000_000)}`,
    ],
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
    await test.db.inWorkspace(workspaceId, (tx) =>
      sql`DELETE FROM contact WHERE id = ${contactId}`.execute(tx),
    );
    expect((await press({ "List-Unsubscribe": "One-Click" })).status).toBe(200);
    await comeBack();
    expect(await refusals()).toEqual(["unsubscribed"]);
  });
});

describe("a forged or truncated link", () => {
  it("stops nobody and says what to do", async () => {
    for (const bad of [
      `${link.slice(0, -1)}`,
      `${link}A`,
      new URL("/u/x", link).href,
      link.replace(/.$/, (c) => (c === "A" ? "B" : "A")),
    ]) {
      for (const method of ["GET", "POST"]) {
        const answer = await fetch(bad, { method });
        expect(answer.status).toBe(404);
        expect(await answer.text()).toContain("answer the message");
      }
    }
    expect(await stops()).toEqual([]);
  });
});
