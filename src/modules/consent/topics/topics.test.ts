import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCaller } from "../../../../test/builders/caller.ts";
import { listen, type TestServer } from "../../../../test/builders/test-server.ts";
import { freshDatabase, type TestDatabase } from "../../../../test/support/database.ts";
import type { Caller } from "../../../kernel/http/index.ts";
import { createWorkspace } from "../../access/index.ts";
import { topicRoutes } from "./routes.ts";

let test: TestDatabase;
let server: TestServer;
const callers: Record<string, Caller> = {};

beforeAll(async () => {
  test = await freshDatabase();
  const { workspaceId } = await createWorkspace(test.db, { name: "Engines", timeZone: "UTC" });
  callers.manager = buildCaller(workspaceId, "Marketing Manager");
  callers.junior = buildCaller(workspaceId, "Junior Salesperson");
  server = await listen(test.db, topicRoutes, callers);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

async function make(name: string, as = "manager"): Promise<[number, Record<string, unknown>]> {
  const answer = await fetch(`${server.url}/api/v1/topics`, {
    method: "POST",
    headers: { "x-as": as, "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  return [answer.status, (await answer.json()) as Record<string, unknown>];
}

describe("topics", () => {
  it("are made once each, whatever the case, and listed by name", async () => {
    expect((await make(" Product news "))[0]).toBe(201);
    expect((await make("Newsletter"))[0]).toBe(201);
    expect(await make("product NEWS")).toMatchObject([409, { error: { code: "name_taken" } }]);
    expect(await make("  ")).toMatchObject([422, { error: { code: "name_missing" } }]);
    const answer = await fetch(`${server.url}/api/v1/topics`, { headers: { "x-as": "junior" } });
    const { items } = (await answer.json()) as { items: { name: string }[] };
    expect(items.map((topic) => topic.name)).toEqual(["Newsletter", "Product news"]);
  });

  it("made twice at the same moment become one", async () => {
    const answers = await Promise.all([make("Events"), make("Events"), make("Events")]);
    expect(answers.map(([status]) => status).sort()).toEqual([201, 409, 409]);
  });

  it("are made by those with topics.edit, and others learn whom to ask", async () => {
    const [status, body] = await make("Mine", "junior");
    expect(status).toBe(403);
    expect(JSON.stringify(body)).toContain("Marketing Manager");
  });
});
