import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEntries } from "../ledger/index.ts";
import { createSignInLink } from "./index.ts";
import { type AccessServer, accessServer, browserOf, password } from "./testing.ts";

let heed: AccessServer;
beforeAll(async () => {
  heed = await accessServer();
});
afterAll(() => heed.close());

const signIn = (body: unknown, headers: Record<string, string> = {}) =>
  heed.call({ method: "POST", path: "/sessions", body, headers });

function codeAt(secret: string, steps: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });
}

async function actsOn(subjectId: string): Promise<string[]> {
  const entries = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
    listEntries(tx, { limit: 500 }),
  );
  return entries.filter((entry) => entry.subject_id === subjectId).map((entry) => entry.act);
}

describe("the second factor", () => {
  it("is asked for at sign-in, and each code works once", async () => {
    const user = await heed.addUser({ email: "totp@example.org", role: "Salesperson" });
    const browser = await heed.browser("totp@example.org");
    const offered = await browser.call({ method: "POST", path: "/me/totp" });
    expect(offered.status).toBe(201);
    expect(offered.body.uri).toMatch(/^otpauth:\/\/totp\/Heed:totp%40example.org\?/);
    expect(offered.body.qr_svg).toMatch(/^<svg/);
    const { secret } = offered.body;
    // Not confirmed yet: sign-in asks for nothing.
    await heed.browser("totp@example.org");

    const confirm = (code: string) =>
      browser.call({ method: "POST", path: "/me/totp/confirmation", body: { code } });
    expect((await confirm("12345")).body.error.code).toBe("wrong_code");
    const first = codeAt(secret, 0);
    expect((await confirm(first)).status).toBe(204);

    const attempt = (totp?: string) => signIn({ email: "totp@example.org", password, totp });
    expect((await attempt()).body.error.code).toBe("second_factor_needed");
    expect((await attempt(first)).body.error.code).toBe("sign_in_failed");
    const next = codeAt(secret, 1);
    expect((await attempt(next)).status).toBe(201);
    expect((await attempt(next)).body.error.code).toBe("sign_in_failed");
    expect(await actsOn(user.id)).toEqual(
      expect.arrayContaining(["user.second_factor_set", "session.refused"]),
    );
    // The answer to a wrong password does not tell that there is a second factor.
    expect(
      (await signIn({ email: "totp@example.org", password: "wrong password" })).body.error.code,
    ).toBe("sign_in_failed");

    const link = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
      createSignInLink(tx, { userId: user.id, by: null }),
    );
    const byLink = (body: unknown) => heed.call({ method: "POST", path: "/sessions/link", body });
    expect((await byLink({ token: link.token })).body.error.code).toBe("second_factor_needed");
    expect((await byLink({ token: link.token, totp: next })).body.error.code).toBe(
      "sign_in_failed",
    );

    expect(
      (await browser.call({ method: "DELETE", path: "/me/totp", body: { code: "000000" } })).body
        .error.code,
    ).toBe("wrong_code");
    expect(
      (await heed.call({ method: "DELETE", path: `/users/${user.id}/totp`, key: heed.adminKey }))
        .status,
    ).toBe(204);
    expect((await byLink({ token: link.token })).status).toBe(201);
    expect((await attempt()).status).toBe(201);
  });

  it("lets one of two sign-ins at the same time use a code", async () => {
    await heed.addUser({ email: "race@example.org", role: "Salesperson" });
    const browser = await heed.browser("race@example.org");
    const { secret } = (await browser.call({ method: "POST", path: "/me/totp" })).body;
    await browser.call({
      method: "POST",
      path: "/me/totp/confirmation",
      body: { code: codeAt(secret, 0) },
    });
    const totp = codeAt(secret, 1);
    const attempts = await Promise.all(
      Array.from({ length: 4 }, () => signIn({ email: "race@example.org", password, totp })),
    );
    expect(attempts.map((each) => each.status).sort()).toEqual([201, 401, 401, 401]);
  });

  it("is kept sealed: the table does not show its secret", async () => {
    await heed.addUser({ email: "sealed@example.org", role: "Salesperson" });
    const browser = await heed.browser("sealed@example.org");
    const { secret } = (await browser.call({ method: "POST", path: "/me/totp" })).body;
    const { rows } = await heed.db.pool.query(
      "SELECT totp_pending FROM app_user WHERE email = 'sealed@example.org'",
    );
    expect(rows[0].totp_pending.includes(secret)).toBe(false);
    expect(heed.db.secrets.open(rows[0].totp_pending)).toBe(secret);
  });
});

describe("a sign-in link", () => {
  const use = (token: string) =>
    heed.call({ method: "POST", path: "/sessions/link", body: { token } });

  it("lets the first administrator in once, who then sets email and password", async () => {
    const first = await use(heed.link.token);
    expect(first.status).toBe(201);
    expect(first.body.user).toMatchObject({ email: "admin@localhost", has_password: false });
    const again = await use(heed.link.token);
    expect([again.status, again.body.error.code]).toEqual([401, "sign_in_failed"]);
    expect(again.body.error.message).toMatch(/expired or was used before/);
    const browser = browserOf(heed.call, first);
    const body = { email: "Root@example.org", password };
    expect((await browser.call({ method: "PATCH", path: "/me", body })).status).toBe(200);
    await heed.browser("root@example.org");
    const unproved = await browser.call({
      method: "PATCH",
      path: "/me",
      body: { email: "thief@example.org" },
    });
    expect(unproved.body.error.code).toBe("wrong_password");
  });

  it("works once even when it is pressed twice at the same time", async () => {
    const user = await heed.addUser({ email: "twice@example.org", role: "Salesperson" });
    const link = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
      createSignInLink(tx, { userId: user.id, by: null }),
    );
    const presses = await Promise.all([use(link.token), use(link.token), use(link.token)]);
    expect(presses.map((each) => each.status).sort()).toEqual([201, 401, 401]);
  });

  it("is refused after its time", async () => {
    const user = await heed.addUser({ email: "late@example.org", role: "Salesperson" });
    const link = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
      createSignInLink(tx, { userId: user.id, minutes: 0, by: null }),
    );
    expect((await use(link.token)).status).toBe(401);
  });

  it("of no user and of a disabled user are refused alike", async () => {
    const user = await heed.addUser({ email: "gone-link@example.org", role: "Salesperson" });
    const made = await heed.call({
      method: "POST",
      path: `/users/${user.id}/sign-in-links`,
      key: heed.adminKey,
      body: { minutes: 15 },
    });
    expect(made.status).toBe(201);
    await heed.call({
      method: "PATCH",
      path: `/users/${user.id}`,
      key: heed.adminKey,
      body: { disabled: true },
    });
    expect((await use(made.body.token)).body).toEqual((await use("forged")).body);
  });
});
