import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { HeedError } from "../../kernel/errors.ts";
import { buildServer, type Caller } from "../../kernel/http/index.ts";
import { channels } from "./address/index.ts";
import { contactRoutes } from "./routes.ts";
import { noFacts } from "./stage.ts";
import { buildWorld, type World } from "./testing.ts";

let test: TestDatabase;
let world: World;
let server: FastifyInstance;
let ownOnly = false;

beforeAll(async () => {
  test = await freshDatabase();
  world = await buildWorld(test.db);
  server = await buildServer({
    db: test.db,
    log: test.db.log,
    secure: false,
    authenticate: async (): Promise<Caller> => ({
      workspaceId: world.workspaceId,
      userId: world.userId,
      apiKeyId: null,
      name: "Ann",
      roleName: "Any",
      permissions: new Set(["contacts.view", "contacts.edit", "contacts.export"]),
      ownOnly,
    }),
    refusal: async () => new HeedError("permission_denied", "No."),
    routes: contactRoutes({
      sendingSummary: async (_tx, ids) =>
        new Map(
          ids.map((id) => [
            id,
            channels.map((channel) => ({ channel, eligible: false, refusals: ["unsubscribed"] })),
          ]),
        ),
      afterAddressChange: async () => {},
      stageFacts: async (_tx, ids) => new Map(ids.map((id) => [id, noFacts])),
    }),
  });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const ask = async (method: "GET" | "POST" | "PATCH", path: string, body?: object) => {
  const answer = await server.inject({
    method,
    url: `/api/v1${path}`,
    ...(body ? { payload: body } : {}),
  });
  return { status: answer.statusCode, body: answer.body, json: () => answer.json() };
};
const add = async (body: object) => (await ask("POST", "/contacts", body)).json();

describe("contacts over HTTP", () => {
  it("adds a contact and says at once that its address is stopped", async () => {
    const answer = await ask("POST", "/contacts", {
      first_name: "Ada",
      last_name: "Byron",
      company: "Analytical",
      addresses: [{ channel: "email", value: "ada@example.org" }],
      attributes: {},
      owner_id: null,
    });
    expect(answer.status).toBe(201);
    expect(answer.json()).toMatchObject({
      email: "ada@example.org",
      stage: "new",
      sending_status: {
        channels: expect.arrayContaining([
          { channel: "email", eligible: false, refusals: ["unsubscribed"] },
        ]),
      },
    });
    const again = await ask("POST", "/contacts", {
      addresses: [{ channel: "email", value: "ada@example.org" }],
    });
    expect([again.status, again.json().error]).toEqual([
      409,
      expect.objectContaining({ code: "address_taken", details: { contact_id: answer.json().id } }),
    ]);
  });

  it("names the field that cannot be kept", async () => {
    for (const [body, field] of [
      [{ first_name: "Ada\r\nBcc: x@y.z" }, "first_name"],
      [{ first_name: "Ada", attributes: { list: [] } }, "attributes"],
      [{ first_name: "Ada", attributes: { "a\nb": 1 } }, "attributes"],
      [{ addresses: [{ channel: "fax", value: "1" }] }, "addresses"],
    ] as const) {
      const answer = await ask("POST", "/contacts", body);
      expect(answer.status).toBe(400);
      expect(answer.json().error.message).toContain(field);
    }
  });

  it("finds, filters, sorts and pages by query", async () => {
    const { id } = await add({ first_name: "Zoë", company: "Pure", attributes: { country: "BE" } });
    const found = async (query: string) => (await ask("GET", `/contacts?${query}`)).json();
    expect(await found("q=zoe&count=true")).toMatchObject({
      items: [{ id }],
      count: 1,
      next_cursor: null,
    });
    expect(
      (await found(`filter=${encodeURIComponent('{"attributes":{"country":"BE"}}')}`)).items,
    ).toHaveLength(1);
    expect((await found("company=Pure&has_email=false")).items).toHaveLength(1);
    expect((await found("company=Pure&has_email=true")).items).toHaveLength(0);
    const first = await found("sort=name&limit=1");
    expect((await found(`sort=name&limit=1&cursor=${first.next_cursor}`)).items[0].id).not.toBe(
      first.items[0].id,
    );
    for (const bad of [
      "filter=%7B",
      "sort=secret",
      "q=%00",
      "limit=201",
      "created_before=yesterday",
    ]) {
      expect((await ask("GET", `/contacts?${bad}`)).status, bad).toBe(400);
    }
  });

  it("edits with the state it was read in, else refuses", async () => {
    const { id, updated_at } = await add({ first_name: "Ed" });
    const edited = await ask("PATCH", `/contacts/${id}`, { last_name: "It", updated_at });
    expect(edited.json()).toMatchObject({ first_name: "Ed", last_name: "It" });
    expect((await ask("PATCH", `/contacts/${id}`, { last_name: "Or", updated_at })).status).toBe(
      409,
    );
    expect((await ask("GET", `/contacts/${id}`)).json()).toEqual(edited.json());
  });

  it("exports what the caller sees, with nothing that a spreadsheet would run", async () => {
    await world.create({ first_name: '=HYPERLINK("x")', owner_id: world.userId });
    await world.create({ first_name: "Hidden", owner_id: world.otherUserId });
    ownOnly = true;
    const { status, body } = await ask("GET", "/contacts/export");
    const invisible = (await world.create({ first_name: "Hidden", owner_id: world.otherUserId }))
      .id;
    expect((await ask("GET", `/contacts/${invisible}`)).status).toBe(404);
    ownOnly = false;
    expect(status).toBe(200);
    expect(body.split("\n")[0]).toContain("id,first_name");
    expect(body).toContain(`"'=HYPERLINK(""x"")"`);
    expect(body).not.toContain("Hidden");
    expect(body).not.toContain("Ada");
  });
});
