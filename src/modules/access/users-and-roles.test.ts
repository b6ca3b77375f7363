import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allPermissions, changeUser, loadCaller } from "./index.ts";
import { type AccessServer, accessServer, type Method, password } from "./testing.ts";

let heed: AccessServer;
let roleIds: Map<string, string>;
beforeAll(async () => {
  heed = await accessServer();
  const { body } = await asAdmin("GET", "/roles");
  roleIds = new Map(body.items.map((role: { id: string; name: string }) => [role.name, role.id]));
});
afterAll(() => heed.close());

const asAdmin = (method: Method, path: string, body?: unknown) => heed.asAdmin(method, path, body);

describe("users", () => {
  it("are added once, listed, and found by everybody", async () => {
    const body = {
      email: "Eve@Example.org",
      name: "Eve",
      role_id: roleIds.get("Salesperson"),
      password,
    };
    const added = await asAdmin("POST", "/users", body);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      email: "eve@example.org",
      role: { name: "Salesperson" },
      has_password: true,
    });
    const again = await asAdmin("POST", "/users", { ...body, email: "EVE@example.org" });
    expect([again.status, again.body.error.code]).toEqual([409, "address_taken"]);
    const eve = await heed.browser("eve@example.org");
    const list = await eve.call({ path: "/users?limit=1" });
    expect(list.body.items).toHaveLength(1);
    const rest = await eve.call({ path: `/users?limit=200&cursor=${list.body.next_cursor}` });
    expect(rest.body.items.map((each: { email: string }) => each.email)).toContain(
      "eve@example.org",
    );
    expect((await eve.call({ path: `/users/${added.body.id}` })).status).toBe(403);
  });

  it("are refused with a short password or a role that is not there, and nothing is left", async () => {
    const body = { email: "half@example.org", name: "Half", role_id: roleIds.get("Salesperson") };
    expect((await asAdmin("POST", "/users", { ...body, password: "short" })).body.error.code).toBe(
      "password_too_short",
    );
    const role = await asAdmin("POST", "/users", {
      ...body,
      role_id: "01890000-0000-7000-8000-000000000000",
    });
    expect(role.body.error.code).toBe("unknown_role");
    expect((await asAdmin("POST", "/users", body)).status).toBe(201);
  });

  it("keep their last administrator, however two try to remove each other", async () => {
    const { body: me } = await asAdmin("GET", "/me");
    const demote = { role_id: roleIds.get("Salesperson") };
    for (const change of [demote, { disabled: true }]) {
      const refused = await asAdmin("PATCH", `/users/${me.user.id}`, change);
      expect([refused.status, refused.body.error.code]).toEqual([422, "last_administrator"]);
    }
    const second = await heed.addUser({ email: "second@example.org", role: "Administrator" });
    const { first, other } = await heed.db.inWorkspace(heed.workspaceId, async (tx) => ({
      first: await loadCaller(tx, { userId: heed.userId }),
      other: await loadCaller(tx, { userId: second.id }),
    }));
    if (!first || !other) throw new Error("The administrators are not there.");
    // The first has demoted the second and not committed yet when the second disables the first.
    let disabling: Promise<unknown> = Promise.resolve();
    await heed.db.inWorkspace(heed.workspaceId, async (tx) => {
      const roleId = String(roleIds.get("Salesperson"));
      await changeUser(tx, { userId: second.id, roleId, by: first });
      disabling = heed.db
        .inWorkspace(heed.workspaceId, (late) =>
          changeUser(late, { userId: heed.userId, disabled: true, by: other }),
        )
        .catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect(await disabling).toMatchObject({ code: "last_administrator" });
  });

  it("cannot be raised, changed or impersonated by somebody who may do less", async () => {
    const clerk = await heed.userWho(["users.manage", "contacts.view"]);
    const key = await heed.keyOf(
      (await heed.addUser({ email: "boss@example.org", role: "Administrator" })).email,
    );
    expect(key).toMatch(/^heed_[\w-]{43}$/);
    const browser = await heed.browser(clerk.email);
    const boss = (await asAdmin("GET", "/users?limit=200")).body.items.find(
      (each: { email: string }) => each.email === "boss@example.org",
    );
    const tries = [
      {
        method: "PATCH" as const,
        path: `/users/${clerk.id}`,
        body: { role_id: roleIds.get("Administrator") },
      },
      { method: "PATCH" as const, path: `/users/${boss.id}`, body: { disabled: true } },
      { method: "PATCH" as const, path: `/users/${boss.id}`, body: { role_id: clerk.roleId } },
      { method: "POST" as const, path: `/users/${boss.id}/sign-in-links`, body: {} },
      { method: "DELETE" as const, path: `/users/${boss.id}/totp` },
      {
        method: "POST" as const,
        path: "/users",
        body: { email: "x@example.org", name: "X", role_id: roleIds.get("Administrator") },
      },
    ];
    for (const each of tries) {
      const answer = await browser.call(each);
      expect([each.path, answer.status, answer.body?.error.code]).toEqual([
        each.path,
        403,
        "permission_denied",
      ]);
      expect(answer.body.error.message).toMatch(/Ask an administrator/);
    }
  });
});

describe("roles", () => {
  it("are made, changed and, once nobody has them, deleted; a change acts at once", async () => {
    const user = await heed.userWho(["contacts.view", "keys.manage", "ledger.view"]);
    const key = await heed.keyOf(user.email);
    expect((await heed.call({ path: "/api-keys", key })).status).toBe(200);
    const permissions = ["contacts.view"];
    expect(
      (await asAdmin("PATCH", `/roles/${user.roleId}`, { permissions })).body.permissions,
    ).toEqual(permissions);
    expect((await heed.call({ path: "/api-keys", key })).status).toBe(403);
    const inUse = await asAdmin("DELETE", `/roles/${user.roleId}`);
    expect([inUse.status, inUse.body.error.code]).toEqual([409, "state_conflict"]);
    expect(inUse.body.error.message).toMatch(/One user has this role/);
    await asAdmin("PATCH", `/users/${user.id}`, { role_id: roleIds.get("Salesperson") });
    expect((await asAdmin("DELETE", `/roles/${user.roleId}`)).status).toBe(204);
  });

  it("that are built in stay as they are", async () => {
    for (const [name, id] of roleIds) {
      const changed = await asAdmin("PATCH", `/roles/${id}`, { permissions: [] });
      expect([name, changed.status, changed.body.error.code]).toEqual([
        name,
        409,
        "state_conflict",
      ]);
      expect((await asAdmin("DELETE", `/roles/${id}`)).status).toBe(409);
    }
  });

  it("have names that differ by more than their case", async () => {
    const taken = await asAdmin("POST", "/roles", { name: "administrator", permissions: [] });
    expect([taken.status, taken.body.error.code]).toEqual([409, "name_taken"]);
    const body = { name: "Same", permissions: [] };
    const both = await Promise.all([
      asAdmin("POST", "/roles", body),
      asAdmin("POST", "/roles", body),
    ]);
    expect(both.map((each) => each.status).sort()).toEqual([201, 409]);
  });

  it("cannot be given a permission or a view that their maker lacks", async () => {
    const clerk = await heed.userWho(["roles.manage", "contacts.view"], "own");
    const browser = await heed.browser(clerk.email);
    const make = (body: object) =>
      browser.call({
        method: "POST",
        path: "/roles",
        body: { name: `R${Math.random()}`, ...body },
      });
    expect((await make({ permissions: ["contacts.erase"], visibility: "own" })).status).toBe(403);
    expect((await make({ permissions: ["contacts.view"], visibility: "all" })).status).toBe(403);
    expect((await make({ permissions: ["contacts.view"], visibility: "own" })).status).toBe(201);
    const grow = (change: object) =>
      browser.call({ method: "PATCH", path: `/roles/${clerk.roleId}`, body: change });
    expect((await grow({ permissions: allPermissions })).status).toBe(403);
    expect((await grow({ visibility: "all" })).status).toBe(403);
    expect((await make({ permissions: ["contacts.fly"], visibility: "own" })).body.error.code).toBe(
      "validation_failed",
    );
  });
});
