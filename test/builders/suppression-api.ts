import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { Caller } from "../../src/kernel/http/index.ts";
import { createWorkspace } from "../../src/modules/access/index.ts";
import {
  makeStop,
  type StopCause,
  type StopKind,
  suppressionRoutes,
} from "../../src/modules/consent/index.ts";
import type { Channel } from "../../src/modules/contacts/index.ts";
import { system } from "../../src/modules/ledger/index.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { buildCaller } from "./caller.ts";
import { listen, type TestServer } from "./test-server.ts";

export let test: TestDatabase;
export let server: TestServer;
export let workspaceId: string;
export const callers: Record<string, Caller> = {};

export interface Item {
  id: string;
  address: string | null;
  kind: string;
  cause: string;
  contact_id: string | null;
  may_lift: boolean;
  who_may_lift: string;
  standing: boolean;
  lift: { authorization: string } | null;
}
export interface List {
  items: Item[];
  next_cursor: string | null;
  count?: number;
}

export function ask(path: string, as = "manager", init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/api/v1${path}`, {
    ...init,
    headers: { "x-as": as, ...init.headers },
  });
}

export async function list(query: Record<string, string>, as = "manager"): Promise<List> {
  const answer = await ask(`/suppressions?${new URLSearchParams(query)}`, as);
  expect(answer.status).toBe(200);
  return (await answer.json()) as List;
}

export async function found(q: string): Promise<(string | null)[]> {
  return (await list({ q })).items.map((item) => item.address).sort();
}

export async function importText(
  text: string,
  type = "text/csv",
): Promise<{ added: number; already: number; rejected: { line: number; reason: string }[] }> {
  const answer = await ask("/suppressions/imports", "manager", {
    method: "POST",
    body: type === "text/csv" ? text : JSON.stringify({ text }),
    headers: { "content-type": type },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as never;
}

export function stop(
  named: string,
  kind: StopKind = "suppression",
  cause: StopCause = "manual",
  channel: Channel = "email",
) {
  return test.db.inWorkspace(workspaceId, (tx) =>
    makeStop(tx, {
      kind,
      cause,
      subject:
        named.includes("@") || named.startsWith("+")
          ? { address: { channel, value: named } }
          : { domain: named },
      actor: system,
    }),
  );
}

/** Registers the hooks of a test file that asks the suppression routes over HTTP, a new workspace for each test. */
export function useSuppressionApi(): void {
  beforeAll(async () => {
    test = await freshDatabase();
    server = await listen(test.db, suppressionRoutes, callers);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });
  beforeEach(async () => {
    ({ workspaceId } = await createWorkspace(test.db, { name: "Engines", timeZone: "UTC" }));
    callers.manager = buildCaller(workspaceId, "Marketing Manager");
    callers.sales = buildCaller(workspaceId, "Salesperson");
    callers.salesManager = buildCaller(workspaceId, "Sales Manager");
  });
}
