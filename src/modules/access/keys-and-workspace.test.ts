import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEntries } from "../ledger/index.ts";
import { type AccessServer, accessServer, type Method } from "./testing.ts";

let heed: AccessServer;
beforeAll(async () => {
  heed = await accessServer();
});
afterAll(() => heed.close());

const asAdmin = (method: Method, path: string, body?: unknown) => heed.asAdmin(method, path, body);

describe("API keys", () => {
  it("act within their scopes and no further than their user may", async () => {
    const user = await heed.userWho(["contacts.view", "keys.manage", "ledger.view"]);
    const scoped = await heed.keyOf(user.email, ["contacts.view"]);
    expect((await heed.call({ path: "/me", key: scoped })).body).toMatchObject({
      permissions: ["contacts.view"],
      csrf_token: null,
    });
    const refused = await heed.call({ path: "/api-keys", key: scoped });
    expect(refused.body.error.message).toMatch(
      /This API key lacks the permission keys.manage .* among its scopes/,
    );
    const browser = await heed.browser(user.email);
    const wider = await browser.call({
      method: "POST",
      path: "/api-keys",
      body: { name: "x", scopes: ["contacts.erase"] },
    });
    expect(wider.status).toBe(403);
    // Taken from the user, taken from the key.
    await asAdmin("PATCH", `/roles/${user.roleId}`, { permissions: ["ledger.view"] });
    expect((await heed.call({ path: "/me", key: scoped })).body.permissions).toEqual([]);
  });

  it("made by a key have at most its scopes", async () => {
    const user = await heed.userWho(["contacts.view", "keys.manage", "ledger.view"]);
    const parent = await heed.keyOf(user.email, ["keys.manage"]);
    const child = await heed.call({
      method: "POST",
      path: "/api-keys",
      key: parent,
      body: { name: "child" },
    });
    expect(child.body.scopes).toEqual(["keys.manage"]);
    const wider = await heed.call({
      method: "POST",
      path: "/api-keys",
      key: parent,
      body: { name: "x", scopes: ["ledger.view"] },
    });
    expect(wider.status).toBe(403);
  });

  it("are refused from the request after their revocation, and shown as revoked", async () => {
    const user = await heed.userWho(["keys.manage"]);
    const key = await heed.keyOf(user.email);
    const listed = (await heed.call({ path: "/api-keys", key })).body.items[0];
    expect(listed).toMatchObject({ prefix: key.slice(0, 12), revoked_at: null });
    expect((await asAdmin("DELETE", `/api-keys/${listed.id}`)).status).toBe(204);
    const refused = await heed.call({ path: "/me", key });
    expect([refused.status, refused.body.error.message]).toEqual([
      401,
      "This API key was revoked. Make a new one under API keys.",
    ]);
    expect(
      (await asAdmin("GET", "/api-keys")).body.items.find(
        (each: { id: string }) => each.id === listed.id,
      ).revoked_at,
    ).not.toBeNull();
    expect((await asAdmin("DELETE", `/api-keys/${listed.id}`)).status).toBe(204);
  });

  it("that are unknown or of a disabled user are refused, saying so", async () => {
    expect(
      (await heed.call({ path: "/me", key: `heed_${"x".repeat(43)}` })).body.error,
    ).toMatchObject({ code: "not_signed_in" });
    const user = await heed.userWho(["keys.manage"]);
    const key = await heed.keyOf(user.email);
    await asAdmin("PATCH", `/users/${user.id}`, { disabled: true });
    const refused = await heed.call({ path: "/me", key });
    expect([refused.status, refused.body.error.message]).toEqual([
      401,
      expect.stringMatching(/user of this API key is disabled/),
    ]);
  });

  it("are held as a hash alone, also when a client asks to repeat the answer", async () => {
    const made = await heed.call({
      method: "POST",
      path: "/api-keys",
      key: heed.adminKey,
      body: { name: "kept" },
      headers: { "idempotency-key": "again" },
    });
    expect(made.status).toBe(201);
    const { rows } = await heed.db.pool.query(
      "SELECT (SELECT json_agg(k) FROM api_key k)::text || coalesce((SELECT json_agg(a) FROM idempotent_answer a)::text, '') AS everything",
    );
    expect(rows[0].everything).not.toContain(made.body.key);
    expect(rows[0].everything).not.toContain(heed.adminKey);
  });

  it("cannot change how their user signs in", async () => {
    const tries: [Method, string, unknown?][] = [
      ["PATCH", "/me", { password: "a password by a key" }],
      ["POST", "/me/totp"],
      ["DELETE", "/me/totp", { code: "123456" }],
    ];
    for (const [method, path, body] of tries) {
      expect([path, (await asAdmin(method, path, body)).status]).toEqual([path, 403]);
    }
    expect((await asAdmin("DELETE", "/sessions/current")).body.error.code).toBe("state_conflict");
  });

  it("note their last use about once a minute", async () => {
    const lastUse = async () =>
      (
        await heed.db.pool.query(
          "SELECT last_used_at FROM api_key WHERE name = 'HEED_BOOTSTRAP_KEY'",
        )
      ).rows[0].last_used_at.getTime();
    await asAdmin("GET", "/me");
    const before = await lastUse();
    await asAdmin("GET", "/me");
    expect(await lastUse()).toBe(before);
    await heed.db.pool.query("UPDATE api_key SET last_used_at = now() - interval '61 seconds'");
    await asAdmin("GET", "/me");
    expect(await lastUse()).toBeGreaterThanOrEqual(before);
  });
});

describe("somebody without a permission", () => {
  it("is told what is missing, which roles have it and whom to ask", async () => {
    await heed.addUser({ email: "sally@example.org", role: "Salesperson" });
    const sally = await heed.browser("sally@example.org");
    const { status, body } = await sally.call({
      method: "PATCH",
      path: "/workspace",
      body: { name: "Mine" },
    });
    expect(status).toBe(403);
    expect(body.error.details).toMatchObject({
      permission: "workspace.edit",
      roles: ["Administrator"],
    });
    expect(body.error.message).toMatch(
      /needs the permission workspace.edit .*Roles that have it: Administrator\. Ask one of them: .*Administrator/,
    );
  });

  it("who is not signed in is told how to", async () => {
    const { status, body } = await heed.call({ path: "/me" });
    expect([status, body.error.code]).toEqual([401, "not_signed_in"]);
  });
});

describe("the workspace", () => {
  it("takes a name, a time zone and a policy, and keeps the rest", async () => {
    const changed = await asAdmin("PATCH", "/workspace", {
      time_zone: "America/New_York",
      policy: { bin_days: 60 },
    });
    expect(changed.body).toMatchObject({
      name: "My workspace",
      time_zone: "America/New_York",
      policy: { bin_days: 60, deletion: "bin" },
    });
    const { body } = await asAdmin("PATCH", "/workspace", {
      policy: { postal_address: "1 Main St" },
    });
    expect(body.policy).toMatchObject({ bin_days: 60, postal_address: "1 Main St" });
    const entries = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
      listEntries(tx, { limit: 500 }),
    );
    expect(
      entries.filter((entry) => entry.act === "policy.changed").map((entry) => entry.detail),
    ).toContainEqual({ bin_days: 60 });
    expect(JSON.stringify(entries)).not.toContain("Main St");
  });

  it("refuses an unknown time zone and an unknown policy, and changes nothing", async () => {
    const zone = await asAdmin("PATCH", "/workspace", {
      name: "Half done",
      time_zone: "Mars/Olympus",
    });
    expect([zone.status, zone.body.error.code]).toEqual([422, "unknown_time_zone"]);
    expect(zone.body.error.message).toMatch(/no time zone "Mars\/Olympus".*Europe\/Berlin/);
    expect((await asAdmin("PATCH", "/workspace", { policy: { bin_days: 91 } })).status).toBe(400);
    expect((await asAdmin("GET", "/workspace")).body.name).toBe("My workspace");
  });
});
