import { createPublicKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAccount } from "../account-queries.ts";
import { defaultAccount } from "../index.ts";
import { type SendingServer, sendingServer } from "../testing.ts";

let heed: SendingServer;
beforeAll(async () => {
  heed = await sendingServer({
    checkAccount: async (account) =>
      account.password === "right"
        ? { ok: true }
        : { ok: false, code: "5.7.8", response: "535 5.7.8 Authentication failed" },
  });
});
afterAll(() => heed.close());

let number = 0;
const smtp = (more: object = {}) => ({
  name: `Relay ${++number}`,
  provider: "smtp",
  from_name: "Ada",
  from_address: "Ada@Example.ORG",
  host: "smtp.example.org",
  ...more,
});
const add = (more: object = {}) => heed.call("POST", "/sending-accounts", { body: smtp(more) });

async function problemOf(more: object): Promise<string> {
  const { status, body } = await add(more);
  expect(status).toBeGreaterThanOrEqual(400);
  return body.error.message;
}

describe("sending accounts", () => {
  it("begin with a sink that is the default", async () => {
    const { body } = await heed.call("GET", "/sending-accounts?provider=sink");
    expect(body.items).toMatchObject([
      { name: "Sink", provider: "sink", is_default: true, has_password: false },
    ]);
  });

  it("keep addresses as they go on the wire and fill in the usual port", async () => {
    const { status, body } = await add({ security: "tls", reply_to: "Help@Exämple.org" });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      from_address: "ada@example.org",
      reply_to: "help@xn--exmple-cua.org",
      port: 465,
      connections: 5,
      is_default: false,
    });
    expect((await heed.call("GET", `/sending-accounts/${body.id}`)).body).toEqual(body);
  });

  it("refuse header injection in names and addresses, naming the field", async () => {
    expect(await problemOf({ from_name: "Ada\r\nBcc: x@example.org" })).toContain("from_name");
    expect(await problemOf({ from_address: "ada@example.org\nBcc: x@example.org" })).toContain(
      "from_address",
    );
    expect(await problemOf({ reply_to: "a@example.org, b@example.org" })).toContain("reply_to");
    expect(await problemOf({ username: "ada\r\n", password: "x" })).toContain("username");
  });

  it.each([
    ["smtp://mail.example.org", "URL"],
    ["mail.example.org:587", "port"],
    ["mail .example.org", "space"],
    ["mail.example.org\r\nQUIT", "space"],
    ["user@mail.example.org", "name alone"],
    ["-mail.example.org", "host name"],
    ["10.0.0", "four numbers"],
    ["", "missing"],
  ])("refuse the host %j, saying what to write", async (host, hint) => {
    const message = await problemOf({ host });
    expect(message).toContain("host");
    expect(message).toContain(hint);
  });

  it("refuse a password that would go out readable, and half a sign-in", async () => {
    expect(await problemOf({ security: "none", username: "ada", password: "x" })).toContain(
      "starttls or tls",
    );
    expect(
      (await add({ security: "none", host: "localhost", username: "ada", password: "x" })).status,
    ).toBe(201);
    expect(await problemOf({ username: "ada" })).toContain("password");
    expect(await problemOf({ password: "x" })).toContain("username");
  });

  it("refuse a name that is taken, until its account is archived", async () => {
    const { body } = await add({ name: "The relay" });
    expect((await add({ name: "The relay" })).body.error.code).toBe("name_taken");
    const other = (await add()).body;
    const renamed = await heed.call("PATCH", `/sending-accounts/${other.id}`, {
      body: { name: "The relay" },
    });
    expect(renamed.body.error.code).toBe("name_taken");
    expect((await heed.call("DELETE", `/sending-accounts/${body.id}`)).status).toBe(204);
    expect((await add({ name: "The relay" })).status).toBe(201);
    expect(
      (await heed.call("GET", `/sending-accounts/${body.id}`)).body.archived_at,
    ).not.toBeNull();
    const { body: all } = await heed.call("GET", "/sending-accounts?limit=200");
    expect(all.items.map((item: { id: string }) => item.id)).not.toContain(body.id);
  });

  it("have one default at every moment, also when several are made the default at once", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push((await add()).body.id);
    const answers = await Promise.all(
      ids.map((id) =>
        heed.call("PATCH", `/sending-accounts/${id}`, { body: { is_default: true } }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    const { body } = await heed.call("GET", "/sending-accounts?limit=200");
    const defaults = body.items.filter((item: { is_default: boolean }) => item.is_default);
    expect(defaults).toHaveLength(1);
    const used = await heed.db.inWorkspace(heed.workspaceId, (tx) => defaultAccount(tx, "email"));
    expect(used).toMatchObject({ id: defaults[0].id, provider: "smtp" });

    // Taken back or archived, the default falls to the sink, so that nothing leaves by accident.
    await heed.call("DELETE", `/sending-accounts/${defaults[0].id}`);
    const fallen = await heed.db.inWorkspace(heed.workspaceId, (tx) => defaultAccount(tx, "email"));
    expect(fallen?.provider).toBe("sink");
    expect((await heed.call("DELETE", `/sending-accounts/${fallen?.id}`)).body.error.code).toBe(
      "state_conflict",
    );
  });

  it("send a stored password to no other host", async () => {
    const { body } = await add({ username: "ada", password: "right" });
    const moved = await heed.call("PATCH", `/sending-accounts/${body.id}`, {
      body: { host: "evil.example.net" },
    });
    expect(moved.body.error.message).toContain("password");
    const again = { host: "new.example.net", password: "right" };
    expect(
      (await heed.call("PATCH", `/sending-accounts/${body.id}`, { body: again })).body.host,
    ).toBe("new.example.net");
    const cleared = { username: null, password: null };
    expect(
      (await heed.call("PATCH", `/sending-accounts/${body.id}`, { body: cleared })).body
        .has_password,
    ).toBe(false);
  });

  it("say by a check what is wrong and what to do", async () => {
    const good = (await add({ username: "ada", password: "right" })).body;
    expect((await heed.call("POST", `/sending-accounts/${good.id}/check`)).body).toMatchObject({
      ok: true,
      code: null,
    });
    const bad = (await add({ username: "ada", password: "wrong" })).body;
    const { body } = await heed.call("POST", `/sending-accounts/${bad.id}/check`);
    expect(body).toMatchObject({ ok: false, code: "5.7.8" });
    expect(body.message).toContain("refused user name and password");
  });

  it.each(["rsa", "ed25519"] as const)(
    "make a DKIM pair (%s) and say which record to publish",
    async (algorithm) => {
      const { status, body } = await add({
        dkim: { domain: "Example.org", selector: "heed1", generate: true, algorithm },
      });
      expect(status).toBe(201);
      expect(body.dkim).toMatchObject({
        domain: "example.org",
        selector: "heed1",
        algorithm: `${algorithm}-sha256`,
      });
      expect(body.dkim.dns_record.name).toBe("heed1._domainkey.example.org");
      const published = Buffer.from(
        /p=(.*)$/.exec(body.dkim.dns_record.value)?.[1] ?? "",
        "base64",
      );
      if (algorithm === "rsa") {
        const key = createPublicKey({ key: published, format: "der", type: "spki" });
        expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
      }
      // What is published belongs to the key that the sender signs with.
      const opened = await heed.db.inWorkspace(heed.workspaceId, (tx) => openAccount(tx, body.id));
      const own = createPublicKey(opened?.dkim?.privateKey ?? "").export({
        format: "der",
        type: "spki",
      });
      expect(published.equals(algorithm === "rsa" ? own : own.subarray(-32))).toBe(true);
    },
  );

  it("refuse a DKIM key that cannot sign", async () => {
    const dkim = { domain: "example.org", selector: "a", private_key: "no key" };
    expect((await add({ dkim })).body.error.code).toBe("dkim_key_unreadable");
    expect((await add({ dkim: { ...dkim, generate: true } })).body.error.code).toBe(
      "dkim_key_needed",
    );
    expect(
      (await add({ dkim: { domain: "not a domain", selector: "a", generate: true } })).body.error
        .code,
    ).toBe("dkim_domain_invalid");
  });

  it("are changed and checked by who may, and shown to others without the way in", async () => {
    const { body } = await add({ username: "ada", password: "right" });
    const seller = await heed.addPerson("Salesperson");
    const asked = [
      heed.call("POST", "/sending-accounts", { as: seller, body: smtp() }),
      heed.call("PATCH", `/sending-accounts/${body.id}`, {
        as: seller,
        body: { host: "evil.example.net" },
      }),
      heed.call("DELETE", `/sending-accounts/${body.id}`, { as: seller }),
      heed.call("POST", `/sending-accounts/${body.id}/check`, { as: seller }),
    ];
    for (const answer of await Promise.all(asked))
      expect(answer.body.error.code).toBe("permission_denied");
    const seen = await heed.call("GET", `/sending-accounts/${body.id}`, { as: seller });
    expect(seen.body).toMatchObject({
      name: body.name,
      host: null,
      port: null,
      username: null,
      has_password: true,
    });
  });
});
