import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEntries } from "../ledger/index.ts";
import { type AccessServer, accessServer, browserOf, password } from "./testing.ts";

let heed: AccessServer;
beforeAll(async () => {
  heed = await accessServer();
});
afterAll(() => heed.close());

const signIn = (body: unknown, headers: Record<string, string> = {}) =>
  heed.call({ method: "POST", path: "/sessions", body, headers });

async function actsOn(subjectId: string): Promise<string[]> {
  const entries = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
    listEntries(tx, { limit: 500 }),
  );
  return entries.filter((entry) => entry.subject_id === subjectId).map((entry) => entry.act);
}

describe("signing in by password", () => {
  it("answers who I am and sets a cookie that scripts cannot read", async () => {
    await heed.addUser({ email: "ada@example.org", role: "Salesperson" });
    const answer = await signIn({ email: " Ada@Example.org ", password });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      user: { email: "ada@example.org" },
      role: { name: "Salesperson" },
      own_only: true,
      workspace: { name: "My workspace", time_zone: "UTC" },
      totp_enabled: false,
    });
    expect(answer.headers["set-cookie"]).toMatch(
      /^heed_session=[\w-]{43}; .*HttpOnly; SameSite=Lax$/,
    );
    const browser = browserOf(heed.call, answer);
    expect((await browser.call({ path: "/me" })).body).toEqual(answer.body);
  });

  it("marks the cookie Secure where the page came by https", async () => {
    await heed.addUser({ email: "https@example.org", role: "Salesperson" });
    const answer = await signIn(
      { email: "https@example.org", password },
      { "x-forwarded-proto": "https" },
    );
    expect(answer.headers["set-cookie"]).toMatch(/; Secure/);
  });

  it("says the same of a wrong password, an unknown email, a disabled user and one without a password", async () => {
    const user = await heed.addUser({ email: "gone@example.org", role: "Salesperson" });
    await heed.call({
      method: "PATCH",
      path: `/users/${user.id}`,
      key: heed.adminKey,
      body: { disabled: true },
    });
    await heed.addUser({ email: "known@example.org", role: "Salesperson" });
    const answers = [
      await signIn({ email: "known@example.org", password: "wrong password" }),
      await signIn({ email: "nobody@example.org", password }),
      await signIn({ email: "gone@example.org", password }),
      await signIn({ email: "admin@localhost", password: "the password of nobody" }),
    ];
    expect(answers.map((each) => each.status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map((each) => JSON.stringify(each.body))).size).toBe(1);
    expect(answers[0]?.body.error.code).toBe("sign_in_failed");
  });

  it("takes as long for an unknown email as for a wrong password", async () => {
    await heed.addUser({ email: "timing@example.org", role: "Salesperson" });
    const timed = async (email: string) => {
      const start = performance.now();
      await signIn({ email, password: "wrong password" });
      return performance.now() - start;
    };
    const unknown = [];
    const known = [];
    for (let i = 0; i < 5; i++) {
      unknown.push(await timed("unknown-timing@example.org"));
      known.push(await timed("timing@example.org"));
    }
    // An unknown email without a hash to check would answer about twenty times as fast.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 4);
  });

  it("records sign-ins and refusals without the email", async () => {
    const user = await heed.addUser({ email: "ledger@example.org", role: "Salesperson" });
    await signIn({ email: "ledger@example.org", password: "wrong password" });
    await heed.browser("ledger@example.org");
    expect(await actsOn(user.id)).toContain("session.refused");
    const entries = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
      listEntries(tx, { limit: 500 }),
    );
    expect(
      entries.some((entry) => entry.act === "session.signed_in" && entry.actor_id === user.id),
    ).toBe(true);
    expect(JSON.stringify(entries)).not.toContain("example.org");
  });

  it("refuses the eleventh try in five minutes, even with the right password", async () => {
    await heed.addUser({ email: "tried@example.org", role: "Salesperson" });
    for (let i = 0; i < 10; i++) {
      expect(
        (await signIn({ email: "tried@example.org", password: "wrong password" })).status,
      ).toBe(401);
    }
    const eleventh = await signIn({ email: "tried@example.org", password });
    expect(eleventh.status).toBe(429);
    expect(eleventh.body.error.message).toMatch(/Try again in \d+ seconds/);
  });

  it("is not possible by another site's form", async () => {
    const answer = await heed.server.inject({
      method: "POST",
      url: "/api/v1/sessions",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: `email=ada%40example.org&password=${encodeURIComponent(password)}`,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.cookies).toEqual([]);
  });
});

describe("a session", () => {
  it("ends at once when its user signs out", async () => {
    await heed.addUser({ email: "out@example.org", role: "Salesperson" });
    const browser = await heed.browser("out@example.org");
    expect((await browser.call({ method: "DELETE", path: "/sessions/current" })).status).toBe(204);
    const after = await browser.call({ path: "/me" });
    expect(after.status).toBe(401);
    expect(after.body.error.message).toBe("Your session has ended. Sign in again.");
  });

  it("writes only with its own CSRF token", async () => {
    await heed.addUser({ email: "csrf@example.org", role: "Salesperson" });
    await heed.addUser({ email: "csrf2@example.org", role: "Salesperson" });
    const { cookie } = await heed.browser("csrf@example.org");
    const other = await heed.browser("csrf2@example.org");
    const rename = { method: "PATCH", path: "/me", body: { name: "Changed" } } as const;
    const tries: Record<string, string>[] = [
      { cookie },
      { cookie, "x-heed-csrf": "" },
      { cookie, "x-heed-csrf": other.csrf },
    ];
    for (const headers of tries) {
      const answer = await heed.call({ ...rename, headers });
      expect([answer.status, answer.body.error.code]).toEqual([403, "csrf_failed"]);
    }
    expect((await heed.call({ path: "/me", headers: { cookie } })).status).toBe(200);
  });

  it("is refused the moment its user is disabled, and stays ended when they are enabled again", async () => {
    const user = await heed.addUser({ email: "disabled@example.org", role: "Salesperson" });
    const browser = await heed.browser("disabled@example.org");
    const set = (disabled: boolean) =>
      heed.call({
        method: "PATCH",
        path: `/users/${user.id}`,
        key: heed.adminKey,
        body: { disabled },
      });
    await set(true);
    expect((await browser.call({ path: "/me" })).status).toBe(401);
    await set(false);
    expect((await browser.call({ path: "/me" })).status).toBe(401);
  });

  it("of another browser ends when the password changes; this one stays", async () => {
    await heed.addUser({ email: "two@example.org", role: "Salesperson" });
    const [here, there] = [
      await heed.browser("two@example.org"),
      await heed.browser("two@example.org"),
    ];
    const change = (body: unknown) => here.call({ method: "PATCH", path: "/me", body });
    const unproved = await change({ password: "another long password" });
    expect([unproved.status, unproved.body.error.code]).toEqual([422, "wrong_password"]);
    const short = await change({ password: "short", current_password: password });
    expect(short.body.error).toMatchObject({ code: "password_too_short" });
    expect(short.body.error.message).toMatch(/at least 10 characters; this one has 5/);
    expect(
      (await change({ password: "another long password", current_password: password })).status,
    ).toBe(200);
    expect((await here.call({ path: "/me" })).status).toBe(200);
    expect((await there.call({ path: "/me" })).status).toBe(401);
    await heed.browser("two@example.org", "another long password");
  });

  it("is no use to find out the password by trying", async () => {
    await heed.addUser({ email: "found-open@example.org", role: "Salesperson" });
    const browser = await heed.browser("found-open@example.org");
    const statuses = [];
    for (let i = 0; i < 11; i++) {
      const body = { password: "another long password", current_password: `guess number ${i}` };
      statuses.push((await browser.call({ method: "PATCH", path: "/me", body })).status);
    }
    expect(statuses.slice(9)).toEqual([422, 429]);
  });
});
