import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildCaller } from "../../../../test/builders/caller.ts";
import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import { listen, type TestServer } from "../../../../test/builders/test-server.ts";
import { freshDatabase, type TestDatabase } from "../../../../test/support/database.ts";
import type { Caller } from "../../../kernel/http/index.ts";
import { createWorkspace } from "../../access/index.ts";
import type { Channel } from "../../contacts/index.ts";
import { system } from "../../ledger/index.ts";
import type { StopCause, StopKind } from "../kinds.ts";
import { liftStop } from "../lift-stop.ts";
import { makeStop } from "../make-stop.ts";
import { sendingStatus } from "../sending-status.ts";
import { suppressionRoutes } from "./routes.ts";

let test: TestDatabase;
let server: TestServer;
let workspaceId: string;
const callers: Record<string, Caller> = {};

beforeAll(async () => {
  test = await freshDatabase();
  server = await listen(test.db, suppressionRoutes, callers);
});
afterAll(async () => {
  await server.close();
  await test.close();
});
beforeEach(async () => {
  ({ workspaceId } = await createWorkspace(test.db, { name: "Engines", timeZone: "UTC" }));
  callers.manager = buildCaller(workspaceId, "Marketing Manager");
  callers.sales = buildCaller(workspaceId, "Salesperson");
  callers.salesManager = buildCaller(workspaceId, "Sales Manager");
});

interface Item {
  id: string;
  address: string | null;
  kind: string;
  cause: string;
  contact_id: string | null;
  may_lift: boolean;
  who_may_lift: string;
  standing: boolean;
  lift: { authorization: string } | null;
}
interface List {
  items: Item[];
  next_cursor: string | null;
  count?: number;
}

function ask(path: string, as = "manager", init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/api/v1${path}`, { ...init, headers: { "x-as": as, ...init.headers } });
}

async function list(query: Record<string, string>, as = "manager"): Promise<List> {
  const answer = await ask(`/suppressions?${new URLSearchParams(query)}`, as);
  expect(answer.status).toBe(200);
  return (await answer.json()) as List;
}

async function found(q: string): Promise<(string | null)[]> {
  return (await list({ q })).items.map((item) => item.address).sort();
}

async function importText(text: string, type = "text/csv"): Promise<{ added: number; already: number; rejected: { line: number; reason: string }[] }> {
  const answer = await ask("/suppressions/imports", "manager", {
    method: "POST",
    body: type === "text/csv" ? text : JSON.stringify({ text }),
    headers: { "content-type": type },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as never;
}

function stop(named: string, kind: StopKind = "suppression", cause: StopCause = "manual", channel: Channel = "email") {
  return test.db.inWorkspace(workspaceId, (tx) =>
    makeStop(tx, {
      kind,
      cause,
      subject: named.includes("@") || named.startsWith("+") ? { address: { channel, value: named } } : { domain: named },
      actor: system,
    }),
  );
}

describe("searching the suppressions", () => {
  beforeEach(async () => {
    for (const address of ["ann@example.org", "anna@example.org", "bob@other.net", "100%_x@other.net"]) await stop(address);
    await stop("example.org");
    await stop("sub.example.org");
    await stop("+32470123456", "suppression", "manual", "sms");
  });

  it("finds an address under every spelling, with the stops of its domain", async () => {
    expect(await found("Ann+news@EXAMPLE.org")).toEqual((await found("ann+news@example.org")));
    expect(await found("ANN@Example.ORG")).toEqual(["ann@example.org", "example.org"]);
    expect(await found("new@sub.example.org")).toEqual(["example.org", "sub.example.org"]);
    expect(await found("+32 470 12 34 56")).toEqual(["+32470123456"]);
  });

  it("finds a domain with the addresses in it", async () => {
    for (const q of ["example.org", "@example.org", "*@example.org", "EXAMPLE.ORG"]) {
      expect(await found(q)).toEqual(["ann@example.org", "anna@example.org", "example.org"]);
    }
  });

  it("finds by wildcard and by part, and takes nothing but * as a wildcard", async () => {
    expect(await found("ann*")).toEqual(["ann@example.org", "anna@example.org"]);
    expect(await found("*.example.org")).toEqual(["sub.example.org"]);
    expect(await found("+3247*")).toEqual(["+32470123456"]);
    expect(await found("nna")).toEqual(["anna@example.org"]);
    expect(await found("100%_*")).toEqual(["100%_x@other.net"]);
    expect(await found("%")).toEqual(["100%_x@other.net"]);
    expect(await found("a_n*")).toEqual([]);
    expect(await found("\\")).toEqual([]);
    expect(await found("nobody@nowhere.com")).toEqual([]);
  });

  it("goes page by page, newest first, and counts when asked", async () => {
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const page: List = await list({ limit: "3", count: "true", ...(cursor ? { cursor } : {}) });
      expect(page.count).toBe(7);
      seen.push(...page.items.map((item) => item.address));
      cursor = page.next_cursor;
    } while (cursor);
    expect(seen).toEqual([
      "+32470123456", "sub.example.org", "example.org", "100%_x@other.net", "bob@other.net", "anna@example.org", "ann@example.org",
    ]);
  });

  it("shows one kind when asked, and says of each who may lift it and whether you may", async () => {
    await stop("carl@example.org", "unsubscribe", "link");
    await stop("dora@example.org", "suppression", "complaint");
    expect((await list({ kind: "unsubscribe" })).items.map((item) => item.address)).toEqual(["carl@example.org"]);
    const rights = (items: Item[]) => Object.fromEntries(items.map((item) => [item.address, item.may_lift]));
    expect(rights((await list({ q: "*a*" })).items)).toMatchObject({ "ann@example.org": true, "carl@example.org": false, "dora@example.org": false });
    expect(rights((await list({ q: "ann*" }, "salesManager")).items)).toMatchObject({ "ann@example.org": false });
    expect((await list({ q: "dora@example.org" })).items[0]?.who_may_lift).toBe("nobody");
  });

  it("names the contact that has the address now", async () => {
    const contactId = await test.db.inWorkspace(workspaceId, (tx) => buildContactRow(tx, { email: "bob@other.net" }));
    expect((await list({ q: "bob*" })).items[0]?.contact_id).toBe(contactId);
    expect((await list({ q: "anna*" })).items[0]?.contact_id).toBeNull();
  });

  it("leaves lifted ones to the history, which keeps them with the authorisation", async () => {
    const { stop: made } = await stop("eve@example.org");
    await test.db.inWorkspace(workspaceId, (tx) =>
      liftStop(tx, {
        stopId: made.id,
        actor: system,
        lifter: { as: "user", permissions: new Set(["stops.lift"]) },
        authorization: "she wrote to us",
      }),
    );
    expect(await found("eve*")).toEqual([]);
    const history = (await (await ask("/suppressions/history?address=Eve@example.org")).json()) as List;
    expect(history.items.map((item) => [item.address, item.standing, item.may_lift, item.lift?.authorization])).toEqual([
      ["example.org", true, true, undefined],
      ["eve@example.org", false, false, "she wrote to us"],
    ].sort((a, b) => (a[0] === "eve@example.org" ? -1 : 1)));
    expect((await ask("/suppressions/history?address=hello")).status).toBe(422);
  });

  it("is refused to roles that see only their own contacts, saying whom to ask", async () => {
    for (const path of ["/suppressions", "/suppressions/history?address=ann@example.org", "/suppressions/export"]) {
      const answer = await ask(path, "sales");
      expect(answer.status).toBe(403);
      expect(JSON.stringify(await answer.json())).toContain("Marketing Manager");
    }
  });
});

describe("importing a suppression list", () => {
  it("suppresses addresses, domains and numbers, and names the lines that are none", async () => {
    const answer = await importText(
      "\uFEFFAnn@Example.org\r\n\r\nnot an address\r\n@spam.example\n*@junk.example\n*.more.example\n+32 470 12 34 56\nann+x@gmail.com\nanyone@\n\"quoted@example.org\"\n",
    );
    expect(answer).toMatchObject({ added: 7, already: 0 });
    expect(answer.rejected.map((each) => each.line)).toEqual([3, 9]);
    expect(answer.rejected.every((each) => each.reason.length > 20)).toBe(true);
    const blocked = await test.db.inWorkspace(workspaceId, async (tx) => {
      const email = await buildContactRow(tx, { email: "a.n.n@gmail.com", phone: "+32470123456" });
      const domain = await buildContactRow(tx, { email: "who@mail.junk.example" });
      return [
        await sendingStatus(tx, { contactId: email, channel: "email" }),
        await sendingStatus(tx, { contactId: email, channel: "whatsapp" }),
        await sendingStatus(tx, { contactId: domain, channel: "email" }),
      ].map((status) => status.refusals.map((each) => each.code).join());
    });
    expect(blocked).toEqual(["suppressed", "suppressed", "suppressed"]);
  });

  it("takes CSV with a header in any place and with any of the usual separators", async () => {
    expect(await importText('name;"E-mail";when\n"Lee; Ann";ann@example.org;x\nBob;;x\nCarl;carl(at)x;x\n')).toMatchObject({
      added: 1,
      rejected: [{ line: 4 }],
    });
    expect(await importText("email,name\nb@example.org,Bob\n", "application/json")).toMatchObject({ added: 1 });
  });

  it("adds nothing when repeated, and counts doubles in the list once", async () => {
    expect(await importText("a@x.org\nA@X.ORG\nb@x.org\n")).toMatchObject({ added: 2, already: 1 });
    expect(await importText("a@x.org\nb@x.org\nc@x.org\n")).toMatchObject({ added: 1, already: 2 });
    expect(await found("*x.org")).toEqual(["a@x.org", "b@x.org", "c@x.org"]);
  });

  it("refuses what it cannot read before anything is stopped", async () => {
    const post = (body: string) =>
      ask("/suppressions/imports", "manager", { method: "POST", body, headers: { "content-type": "text/csv" } });
    const unclosed = await post('email,name\na@x.org,"never closed\nb@x.org,x\n');
    expect([unclosed.status, ((await unclosed.json()) as { error: { code: string } }).error.code]).toEqual([422, "csv_unreadable"]);
    const tooLong = await post("a\n".repeat(100_001));
    expect(((await tooLong.json()) as { error: { code: string } }).error.code).toBe("too_many_lines");
    expect(await found("")).toEqual([]);
  });

  it("makes 20,000 stops in some seconds", async () => {
    const began = Date.now();
    const answer = await importText(Array.from({ length: 20_000 }, (_, i) => `person${i}@x${i % 50}.example.org`).join("\n"));
    expect(answer.added).toBe(20_000);
    expect(Date.now() - began).toBeLessThan(30_000);
    expect((await list({ q: "person777@*", count: "true" })).count).toBe(1);
  });

  it("needs contacts.import and a role that sees all contacts", async () => {
    const answer = await ask("/suppressions/imports", "sales", { method: "POST", body: "a@x.org", headers: { "content-type": "text/csv" } });
    expect(answer.status).toBe(403);
  });
});

describe("exporting the suppressions", () => {
  it("is CSV in which no cell runs as a formula, and can be imported again", async () => {
    await stop("ann@example.org", "unsubscribe", "link");
    await test.db.inWorkspace(workspaceId, async (tx) => {
      await makeStop(tx, { kind: "suppression", cause: "manual", because: '=HYPERLINK("x")', subject: { domain: "spam.example" }, actor: system });
      await makeStop(tx, { kind: "suppression", cause: "manual", because: " =1+1", subject: { address: { channel: "sms", value: "+32470123456" } }, actor: system });
    });
    const answer = await ask("/suppressions/export");
    expect(answer.headers.get("content-type")).toContain("text/csv");
    const text = await answer.text();
    const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.map((row) => [row.address, row.bound_to, row.kind, row.because])).toEqual([
      ["'+32470123456", "address", "suppression", "' =1+1"],
      ["spam.example", "domain", "suppression", `'=HYPERLINK("x")`],
      ["ann@example.org", "address", "unsubscribe", ""],
    ]);
    expect(await importText(text)).toMatchObject({ added: 3, already: 0, rejected: [] });
  });

  it("streams more than a page without leaving one out", async () => {
    await importText(Array.from({ length: 4_500 }, (_, i) => `p${i}@example.org`).join("\n"));
    const rows = parse(await (await ask("/suppressions/export")).text(), { columns: true, bom: true }) as { address: string }[];
    expect(new Set(rows.map((row) => row.address)).size).toBe(4_500);
  });
});
