import { beforeEach, describe, expect, it } from "vitest";
import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import {
  ask,
  found,
  type Item,
  type List,
  list,
  stop,
  test,
  useSuppressionApi,
  workspaceId,
} from "../../../../test/builders/suppression-api.ts";
import { system } from "../../ledger/index.ts";
import { liftStop } from "../lift-stop.ts";

useSuppressionApi();

describe("searching the suppressions", () => {
  beforeEach(async () => {
    for (const address of [
      "ann@example.org",
      "anna@example.org",
      "bob@other.net",
      "100%_x@other.net",
    ])
      await stop(address);
    await stop("example.org");
    await stop("sub.example.org");
    await stop("+32470123456", "suppression", "manual", "sms");
  });

  it("finds an address under every spelling, with the stops of its domain", async () => {
    expect(await found("Ann+news@EXAMPLE.org")).toEqual(await found("ann+news@example.org"));
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
      "+32470123456",
      "sub.example.org",
      "example.org",
      "100%_x@other.net",
      "bob@other.net",
      "anna@example.org",
      "ann@example.org",
    ]);
  });

  it("shows one kind when asked, and says of each who may lift it and whether you may", async () => {
    await stop("carl@example.org", "unsubscribe", "link");
    await stop("dora@example.org", "suppression", "complaint");
    expect((await list({ kind: "unsubscribe" })).items.map((item) => item.address)).toEqual([
      "carl@example.org",
    ]);
    const rights = (items: Item[]) =>
      Object.fromEntries(items.map((item) => [item.address, item.may_lift]));
    expect(rights((await list({ q: "*a*" })).items)).toMatchObject({
      "ann@example.org": true,
      "carl@example.org": false,
      "dora@example.org": false,
    });
    expect(rights((await list({ q: "ann*" }, "salesManager")).items)).toMatchObject({
      "ann@example.org": false,
    });
    expect((await list({ q: "dora@example.org" })).items[0]?.who_may_lift).toBe("nobody");
  });

  it("names the contact that has the address now", async () => {
    const contactId = await test.db.inWorkspace(workspaceId, (tx) =>
      buildContactRow(tx, { email: "bob@other.net" }),
    );
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
    const history = (await (
      await ask("/suppressions/history?address=Eve@example.org")
    ).json()) as List;
    expect(
      history.items.map((item) => [
        item.address,
        item.standing,
        item.may_lift,
        item.lift?.authorization,
      ]),
    ).toEqual([
      ["eve@example.org", false, false, "she wrote to us"],
      ["example.org", true, true, undefined],
    ]);
    expect((await ask("/suppressions/history?address=hello")).status).toBe(422);
  });

  it("is refused to roles that see only their own contacts, saying whom to ask", async () => {
    for (const path of [
      "/suppressions",
      "/suppressions/history?address=ann@example.org",
      "/suppressions/export",
    ]) {
      const answer = await ask(path, "sales");
      expect(answer.status).toBe(403);
      expect(JSON.stringify(await answer.json())).toContain("Marketing Manager");
    }
  });
});
