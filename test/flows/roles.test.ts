import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, contact } from "./support/outreach.ts";
import { type Person, person, signIn, trySignIn } from "./support/people.ts";

let heed: TestHeed;
let seller: Person;
let own: Body;
let other: Body;
beforeAll(async () => {
  heed = await startHeed({ roles: ["web"] });
  seller = await person(heed, "Salesperson", "Sally Seller");
  own = await contact(heed, "own@example.org", { owner_id: seller.id });
  other = await contact(heed, "other@example.org");
});
afterAll(() => heed.stop());

test("a salesperson sees and stops only their own leads", async () => {
  expect((await seller.call("GET", "/contacts")).body.items.map((each: Body) => each.id)).toEqual([
    own.id,
  ]);
  expect((await seller.call("GET", "/contacts?q=other")).body.items).toEqual([]);
  for (const path of [
    "",
    "/sending-status",
    "/stops",
    "/timeline",
    "/messages",
    "/follow-ups",
    "/why",
  ]) {
    expect((await seller.call("GET", `/contacts/${own.id}${path}`)).status, path).toBe(200);
    expect((await seller.call("GET", `/contacts/${other.id}${path}`)).status, path).toBe(404);
  }
  const foreign = { channel: "email", value: "other@example.org" };
  const tries: [string, string, object][] = [
    ["POST", `/contacts/${other.id}/deactivation`, {}],
    ["POST", `/contacts/${other.id}/replies`, {}],
    ["PUT", `/contacts/${other.id}/do-not-disturb`, { email: "outbound" }],
    ["PATCH", `/contacts/${other.id}`, { first_name: "Mine" }],
    ["POST", "/stops", { kind: "deactivation", contact_id: other.id }],
    ["POST", "/stops", { kind: "suppression", address: foreign }],
  ];
  for (const [method, path, body] of tries) {
    expect(
      (await seller.call(method, path, body)).status,
      `${method} ${path} ${JSON.stringify(body)}`,
    ).toBe(404);
  }
  for (const unseen of [
    { domain: "example.org" },
    { address: { channel: "email", value: "nobody@example.org" } },
  ]) {
    const refused = await seller.call("POST", "/stops", { kind: "suppression", ...unseen });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "permission_denied" } } });
    expect(refused.body.error.message).toMatch(/Ask somebody who sees all contacts/);
  }
  expect((await heed.ok("GET", `/contacts/${other.id}/stops`)).items).toEqual([]);

  const stopped = await seller.call("POST", `/contacts/${own.id}/deactivation`, {
    because: "not interested",
  });
  expect(stopped.status).toBe(201);
  expect(stopped.body.stop.actor).toEqual({ type: "user", id: seller.id });
  const address = await seller.call("POST", "/stops", {
    kind: "unsubscribe",
    address: { channel: "email", value: "own@example.org" },
  });
  expect(address.status).toBe(201);
  const foreignStop = await heed.ok("POST", `/contacts/${other.id}/deactivation`, {});
  expect(
    (await seller.call("POST", `/stops/${foreignStop.stop.id}/lift`, { authorization: "x" }))
      .status,
  ).toBe(404);
});

test("a forbidden act is refused with the permission, the roles that have it and whom to ask", async () => {
  const mia = await person(heed, "Marketing Manager", "Mia Marketing");
  const refused = await seller.call("DELETE", `/contacts/${own.id}/deactivation`, {
    authorization: "x",
  });
  expect(refused.status).toBe(403);
  expect(refused.body.error.details).toMatchObject({
    permission: "contacts.reactivate",
    roles: expect.arrayContaining(["Administrator", "Company Manager", "Marketing Manager"]),
  });
  expect(refused.body.error.message).toMatch(/Activate a deactivated contact.*Mia Marketing/);
  // Refused before the request is read: who may not, learns nothing of the form.
  expect((await seller.call("POST", "/campaigns", { nonsense: true })).status).toBe(403);
  expect(
    (
      await mia.call("DELETE", `/contacts/${own.id}/deactivation`, {
        authorization: "Sally asked, ticket 5",
      })
    ).status,
  ).toBe(200);
});

test("an API key does what its scopes say and no more, and nothing once it is revoked", async () => {
  const narrow = await heed.ok("POST", "/api-keys", { name: "website", scopes: ["contacts.view"] });
  const as = { key: narrow.key as string };
  expect((await heed.call("GET", "/contacts", undefined, as)).status).toBe(200);
  const stopped = await heed.call(
    "POST",
    `/contacts/${own.id}/deactivation`,
    { because: "form" },
    as,
  );
  expect(stopped).toMatchObject({
    status: 201,
    body: { stop: { cause: "api", actor: { type: "api_key", id: narrow.id } } },
  });
  const refused = await heed.call("POST", "/contacts", { first_name: "X" }, as);
  expect(refused).toMatchObject({
    status: 403,
    body: { error: { details: { permission: "contacts.edit" } } },
  });
  expect(refused.body.error.message).toMatch(
    /API key lacks.*contacts\.edit.*Use a key that has it/,
  );
  expect(
    (await heed.call("DELETE", `/contacts/${own.id}/deactivation`, { authorization: "x" }, as))
      .status,
  ).toBe(403);
  expect(JSON.stringify(await heed.ok("GET", "/api-keys"))).not.toContain(narrow.key);
  expect((await heed.call("DELETE", `/api-keys/${narrow.id}`)).status).toBe(204);
  expect(await heed.call("GET", "/contacts", undefined, as)).toMatchObject({
    status: 401,
    body: { error: { message: expect.stringMatching(/revoked/) } },
  });
  expect((await heed.call("GET", "/contacts", undefined, { key: `${narrow.key}x` })).status).toBe(
    401,
  );
  expect(
    (await heed.call("POST", "/api-keys", { name: "bad", scopes: ["contacts.everything"] })).status,
  ).toBe(400);
});

test("a custom role does what it names, from the moment it is changed", async () => {
  const role = await heed.ok("POST", "/roles", {
    name: "Caller",
    permissions: ["contacts.view"],
    visibility: "all",
  });
  const caller = await person(heed, "Caller", "Carl Caller");
  expect((await caller.call("GET", `/contacts/${other.id}`)).status).toBe(200);
  expect((await caller.call("PATCH", `/contacts/${other.id}`, { company: "X" })).status).toBe(403);
  await heed.ok("PATCH", `/roles/${role.id}`, { permissions: ["contacts.view", "contacts.edit"] });
  expect((await caller.call("PATCH", `/contacts/${other.id}`, { company: "X" })).status).toBe(200);
  await heed.ok("PATCH", `/roles/${role.id}`, { visibility: "own" });
  expect((await caller.call("GET", `/contacts/${other.id}`)).status).toBe(404);
  expect((await heed.call("DELETE", `/roles/${role.id}`)).status).toBe(409);
  await heed.ok("PATCH", `/users/${caller.id}`, { disabled: true });
  expect((await caller.call("GET", "/contacts")).status).toBe(401);
  const admin = (await heed.ok("GET", "/roles")).items.find(
    (each: Body) => each.name === "Administrator",
  );
  expect(
    (await heed.call("PATCH", `/roles/${admin.id}`, { permissions: [] })).status,
  ).toBeGreaterThanOrEqual(400);
});

test("sign-in with a second factor: password and code, each code once", async () => {
  const tom = await person(heed, "Sales Manager", "Tom Totp");
  const offered = (await tom.call("POST", "/me/totp")).body;
  const factor = new TOTP({ secret: Secret.fromBase32(offered.secret), period: 30 });
  const at = (steps: number) => factor.generate({ timestamp: Date.now() + steps * 30_000 });
  expect(
    (
      await tom.call("POST", "/me/totp/confirmation", {
        code: "000000" === at(0) ? "000001" : "000000",
      })
    ).status,
  ).toBeGreaterThanOrEqual(400);
  expect((await tom.call("POST", "/me/totp/confirmation", { code: at(-1) })).status).toBe(204);
  const credentials = { email: tom.email, password: tom.password };
  const without = await trySignIn(heed, credentials);
  expect(without.response.status).toBe(401);
  expect(without.me.error.code).toBe("second_factor_needed");
  expect(
    (await trySignIn(heed, { ...credentials, password: "wrong but long enough" })).me.error.code,
  ).toBe("sign_in_failed");
  const code = at(0);
  const call = await signIn(heed, { ...credentials, totp: code });
  expect((await call("GET", "/me")).status).toBe(200);
  expect((await trySignIn(heed, { ...credentials, totp: code })).me.error.code).toBe(
    "sign_in_failed",
  );
  expect((await call("DELETE", "/sessions/current")).status).toBe(204);
  expect((await call("GET", "/me")).status).toBe(401);
});

test("a session's write without its token is refused, as one from another site would be", async () => {
  const { response } = await trySignIn(heed, { email: seller.email, password: seller.password });
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  expect(response.headers.get("set-cookie")).toMatch(/HttpOnly.*SameSite=Lax/i);
  const forged = await fetch(`${heed.url}/api/v1/contacts/${own.id}/deactivation`, {
    method: "POST",
    headers: { cookie, "content-type": "application/json" },
    body: "{}",
  });
  expect(forged.status).toBe(403);
  expect(((await forged.json()) as Body).error.code).toBe("csrf_failed");
});
