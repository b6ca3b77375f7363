import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import {
  ask,
  found,
  importText,
  list,
  stop,
  test,
  useSuppressionApi,
  workspaceId,
} from "../../../../test/builders/suppression-api.ts";
import { system } from "../../ledger/index.ts";
import { makeStop } from "../make-stop.ts";
import { sendingStatus } from "../sending-status.ts";

useSuppressionApi();

describe("importing a suppression list", () => {
  it("suppresses addresses, domains and numbers, and names the lines that are none", async () => {
    const answer = await importText(
      '\uFEFFAnn@Example.org\r\n\r\nnot an address\r\n@spam.example\n*@junk.example\n*.more.example\n+32 470 12 34 56\nann+x@gmail.com\nanyone@\n"quoted@example.org"\n',
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
    expect(
      await importText(
        'name;"E-mail";when\n"Lee; Ann";ann@example.org;x\nBob;;x\nCarl;carl(at)x;x\n',
      ),
    ).toMatchObject({
      added: 1,
      rejected: [{ line: 4 }],
    });
    expect(await importText("email,name\nb@example.org,Bob\n", "application/json")).toMatchObject({
      added: 1,
    });
  });

  it("adds nothing when repeated, and counts doubles in the list once", async () => {
    expect(await importText("a@x.org\nA@X.ORG\nb@x.org\n")).toMatchObject({ added: 2, already: 1 });
    expect(await importText("a@x.org\nb@x.org\nc@x.org\n")).toMatchObject({ added: 1, already: 2 });
    expect(await found("*x.org")).toEqual(["a@x.org", "b@x.org", "c@x.org"]);
  });

  it("refuses what it cannot read before anything is stopped", async () => {
    const post = (body: string) =>
      ask("/suppressions/imports", "manager", {
        method: "POST",
        body,
        headers: { "content-type": "text/csv" },
      });
    const unclosed = await post('email,name\na@x.org,"never closed\nb@x.org,x\n');
    expect([
      unclosed.status,
      ((await unclosed.json()) as { error: { code: string } }).error.code,
    ]).toEqual([422, "csv_unreadable"]);
    const tooLong = await post("a\n".repeat(100_001));
    expect(((await tooLong.json()) as { error: { code: string } }).error.code).toBe(
      "too_many_lines",
    );
    expect(await found("")).toEqual([]);
  });

  it("makes 20,000 stops in some seconds", async () => {
    const began = Date.now();
    const answer = await importText(
      Array.from({ length: 20_000 }, (_, i) => `person${i}@x${i % 50}.example.org`).join("\n"),
    );
    expect(answer.added).toBe(20_000);
    expect(Date.now() - began).toBeLessThan(30_000);
    expect((await list({ q: "person777@*", count: "true" })).count).toBe(1);
  });

  it("needs contacts.import and a role that sees all contacts", async () => {
    const answer = await ask("/suppressions/imports", "sales", {
      method: "POST",
      body: "a@x.org",
      headers: { "content-type": "text/csv" },
    });
    expect(answer.status).toBe(403);
  });
});

describe("exporting the suppressions", () => {
  it("is CSV in which no cell runs as a formula, and can be imported again", async () => {
    await stop("ann@example.org", "unsubscribe", "link");
    await test.db.inWorkspace(workspaceId, async (tx) => {
      await makeStop(tx, {
        kind: "suppression",
        cause: "manual",
        because: '=HYPERLINK("x")',
        subject: { domain: "spam.example" },
        actor: system,
      });
      await makeStop(tx, {
        kind: "suppression",
        cause: "manual",
        because: " =1+1",
        subject: { address: { channel: "sms", value: "+32470123456" } },
        actor: system,
      });
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
    const rows = parse(await (await ask("/suppressions/export")).text(), {
      columns: true,
      bom: true,
    }) as { address: string }[];
    expect(new Set(rows.map((row) => row.address)).size).toBe(4_500);
  });
});
