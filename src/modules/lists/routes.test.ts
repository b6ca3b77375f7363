import { afterAll, beforeAll, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { HeedError } from "../../kernel/errors.ts";
import { buildServer } from "../../kernel/http/index.ts";
import { buildWorld } from "../contacts/testing.ts";
import { listRoutes } from "./routes.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await freshDatabase();
});
afterAll(() => test.close());

it("serves a list's life over HTTP: make, fill, exclude, look, rename", async () => {
  const world = await buildWorld(test.db);
  const server = await buildServer({
    db: test.db,
    log: test.db.log,
    secure: false,
    authenticate: async () => ({
      workspaceId: world.workspaceId,
      userId: world.userId,
      apiKeyId: null,
      name: "Ann",
      roleName: "Any",
      permissions: new Set(["contacts.view", "lists.edit", "lists.exclude"]),
      ownOnly: false,
    }),
    refusal: async () => new HeedError("permission_denied", "No."),
    routes: listRoutes({ afterExclusion: async () => {} }),
  });
  const ask = async (method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: object) => {
    const answer = await server.inject({
      method,
      url: `/api/v1${path}`,
      ...(body ? { payload: body } : {}),
    });
    return [answer.statusCode, answer.json()] as const;
  };
  const a = (await world.create({ first_name: "Ada" })).id;
  const b = (await world.create({ first_name: "Bob" })).id;
  const [made, list] = await ask("POST", "/lists", { name: "Spring", kind: "manual" });
  expect([made, list]).toEqual([
    201,
    expect.objectContaining({ name: "Spring", member_count: 0, exclusion_count: 0 }),
  ]);
  expect((await ask("POST", "/lists", { name: "Spring" }))[0]).toBe(409);
  const at = `/lists/${list.id}`;
  expect(await ask("POST", `${at}/members`, { selection: { ids: [a, b] } })).toEqual([
    200,
    { added: 2, already: 0, excluded: 0, not_found: 0 },
  ]);
  expect(await ask("POST", `${at}/exclusions`, { selection: { filter: { q: "bob" } } })).toEqual([
    200,
    { excluded: 1, already: 0, removed: 1, not_found: 0 },
  ]);
  expect((await ask("GET", `${at}/members?q=ada`))[1]).toMatchObject({
    items: [{ contact_id: a, first_name: "Ada" }],
    next_cursor: null,
  });
  expect((await ask("GET", `${at}/exclusions`))[1]).toMatchObject({
    items: [{ contact_id: b, excluded_by: world.userId }],
  });
  expect(await ask("DELETE", `${at}/exclusions`, { selection: { ids: [b] } })).toEqual([
    200,
    { lifted: 1, not_excluded: 0, not_found: 0 },
  ]);
  expect(await ask("DELETE", `${at}/members`, { selection: { list_id: list.id } })).toEqual([
    200,
    { removed: 1, not_member: 0, not_found: 0 },
  ]);
  expect((await ask("PATCH", at, { name: "Summer" }))[1]).toMatchObject({ name: "Summer" });
  expect((await ask("GET", "/lists?q=sum"))[1]).toMatchObject({ items: [{ name: "Summer" }] });
  for (const [method, path, body, status] of [
    ["GET", "/lists/018f0000-0000-7000-8000-000000000000", undefined, 404],
    ["GET", `${at}/exclusions?cursor=WyJ4Il0`, undefined, 422],
    ["POST", `${at}/members`, { selection: {} }, 400],
    ["POST", "/lists", { name: "a\nb" }, 400],
  ] as const) {
    expect((await ask(method, path, body))[0], path).toBe(status);
  }
  await server.close();
});
