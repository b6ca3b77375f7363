import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import { compileMail } from "../mime/compile.ts";
import { createSinkTransport } from "../sink-transport.ts";
import { type Person, type SendingServer, sendingServer } from "../testing.ts";

let heed: SendingServer;
let seller: Person;
const letter = { subject: "Grüße an Ada", text: "Hello Ada" };

async function keep(
  to: string,
  more: { html?: string; text?: string; subject?: string } = {},
): Promise<string> {
  const message = compileMail({ from: { name: "Heed", address: "heed@sink.invalid" } })({
    ...letter,
    ...more,
    messageId: `${crypto.randomUUID()}@sink.invalid`,
    date: new Date(),
    to,
    listUnsubscribe: { url: "https://heed.example.org/u/token" },
  });
  const result = await createSinkTransport(heed.db, heed.workspaceId).handOver({
    envelope: { from: "heed@sink.invalid", to },
    message,
    stillAllowed: async () => true,
  });
  return (result as { providerId: string }).providerId;
}

beforeAll(async () => {
  heed = await sendingServer();
  seller = await heed.addPerson("Salesperson");
  await heed.db.inWorkspace(heed.workspaceId, async (tx) => {
    await buildContactRow(tx, { email: "mine@example.org", ownerId: seller.userId });
    await buildContactRow(tx, { email: "theirs@example.org", ownerId: heed.userId });
  });
});
afterAll(() => heed.close());

describe("the sink", () => {
  it("shows a message as its recipient would see it", async () => {
    const id = await keep("ada@example.org", { html: "<p>Hello <b>Ada</b></p>" });
    const { body } = await heed.call("GET", `/sink/${id}`);
    expect(body).toMatchObject({
      id,
      to: "ada@example.org",
      from: "heed@sink.invalid",
      subject: "Grüße an Ada",
    });
    expect(body.headers["list-unsubscribe"]).toContain("<https://heed.example.org/u/token>");
    expect(body.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
    expect(body.text).toContain("Hello Ada");
    expect(body.html).toContain("<b>Ada</b>");
  });

  it("finds one recipient's mail, newest first, page by page", async () => {
    const kept = [
      await keep("bob@example.org"),
      await keep("bob@example.org"),
      await keep("bob@example.org"),
    ];
    const first = (await heed.call("GET", "/sink?to=Bob@Example.org&limit=2")).body;
    expect(first.items.map((item: { id: string }) => item.id)).toEqual([kept[2], kept[1]]);
    const next = (
      await heed.call("GET", `/sink?to=bob@example.org&limit=2&cursor=${first.next_cursor}`)
    ).body;
    expect(next.items.map((item: { id: string }) => item.id)).toEqual([kept[0]]);
    expect(next.next_cursor).toBeNull();
    expect((await heed.call("GET", "/sink?to=no%20address")).body.items).toEqual([]);
  });

  it("gives the message byte for byte as a file", async () => {
    const id = await keep("ada@example.org");
    const raw = await heed.call("GET", `/sink/${id}/raw`);
    expect(raw.headers["content-type"]).toBe("message/rfc822");
    expect(raw.headers["content-disposition"]).toBe(`attachment; filename="${id}.eml"`);
    expect(raw.text).toContain("\r\nTo: ada@example.org\r\n");
  });

  it("shows a hostile mail under a policy that runs and loads nothing", async () => {
    const id = await keep("ada@example.org", {
      html: '<!doctype html><html><head><base target="_top"></head><body><script>alert(1)</script><a href="https://example.org">x</a></body></html>',
    });
    const page = await heed.call("GET", `/sink/${id}/html`);
    const policy = String(page.headers["content-security-policy"]).split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("sandbox allow-popups allow-popups-to-escape-sandbox");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy.join()).not.toMatch(/script-src|allow-scripts|allow-same-origin/);
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    // The first base counts: links open in new tabs.
    expect(page.text).toMatch(/^<!doctype html><html><head><base target="_blank">/);
  });

  it("shows a text mail as text", async () => {
    const id = await keep("ada@example.org", { text: "1 < 2 & <script>" });
    const page = await heed.call("GET", `/sink/${id}/html`);
    expect(page.text).toContain("1 &#60; 2 &#38; &#60;script&#62;");
  });

  it("shows those who see only their own contacts the mail to those", async () => {
    const mine = await keep("mine@example.org");
    const theirs = await keep("theirs@example.org");
    const { body } = await heed.call("GET", "/sink", { as: seller });
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([mine]);
    for (const path of ["", "/raw", "/html"]) {
      expect((await heed.call("GET", `/sink/${mine}${path}`, { as: seller })).status).toBe(200);
      expect((await heed.call("GET", `/sink/${theirs}${path}`, { as: seller })).status).toBe(404);
    }
  });
});
