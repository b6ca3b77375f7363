import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../src/kernel/ids.ts";
import { builtInRoles, isPermission } from "../../src/modules/access/index.ts";
import { startHeed, type TestHeed } from "../support/heed.ts";

interface Operation {
  method: string;
  path: string;
  permission: string;
}

let heed: TestHeed;
let operations: Operation[];
const keys = new Map<string, string>();

beforeAll(async () => {
  heed = await startHeed({ roles: ["web"] });
  const document = (await (await fetch(`${heed.url}/openapi.json`)).json()) as { paths: object };
  operations = Object.entries(
    document.paths as Record<string, Record<string, { "x-permission"?: string }>>,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      permission: operation["x-permission"] ?? "missing",
    })),
  );
  const roles = (await heed.ok("GET", "/roles")).items as { id: string; name: string }[];
  for (const role of builtInRoles) {
    const roleId = roles.find((each) => each.name === role.name)?.id;
    const email = `${role.name.replaceAll(" ", ".").toLowerCase()}@example.org`;
    const password = "a long enough password";
    await heed.ok("POST", "/users", { email, name: role.name, role_id: roleId, password });
    keys.set(role.name, await sessionKey(email, password));
  }
});
afterAll(() => heed.stop());

/** Signs in and gives the cookie and token as one string that `ask` takes apart again. */
async function sessionKey(email: string, password: string): Promise<string> {
  const response = await fetch(`${heed.url}/api/v1/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const { csrf_token } = (await response.json()) as { csrf_token: string };
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0];
  return `${cookie}\n${csrf_token}`;
}

async function ask(operation: Operation, credentials: string | null) {
  const [cookie, csrf] = credentials?.split("\n") ?? [];
  const path = operation.path.replace(/\{[^}]+\}/g, newId());
  const hasBody = operation.method !== "GET" && operation.method !== "HEAD";
  const response = await fetch(`${heed.url}${path}`, {
    method: operation.method,
    headers: {
      ...(cookie ? { cookie, "x-heed-csrf": csrf ?? "" } : {}),
      ...(hasBody ? { "content-type": "application/json" } : {}),
    },
    ...(hasBody ? { body: "{}" } : {}),
    redirect: "manual",
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  return {
    status: response.status,
    error: text.startsWith('{"error"') ? JSON.parse(text).error : null,
  };
}

test("every route names a known permission, signed_in or public", () => {
  expect(operations.length).toBeGreaterThan(80);
  const unknown = operations.filter(
    ({ permission }) =>
      permission !== "public" && permission !== "signed_in" && !isPermission(permission),
  );
  expect(unknown).toEqual([]);
});

test("whoever is not signed in gets nothing but the public routes", async () => {
  for (const operation of operations.filter(({ permission }) => permission !== "public")) {
    const { status } = await ask(operation, null);
    expect(status, `${operation.method} ${operation.path}`).toBe(401);
  }
});

describe("the permission matrix, role by route", () => {
  test.each(builtInRoles.map((role) => [role.name, role] as const))("%s", async (name, role) => {
    for (const operation of operations) {
      if (operation.permission === "public" || operation.permission === "signed_in") continue;
      const { status, error } = await ask(operation, keys.get(name) ?? null);
      const refused =
        status === 403 &&
        error?.code === "permission_denied" &&
        error.details?.permission === operation.permission;
      const may = (role.permissions as readonly string[]).includes(operation.permission);
      expect(
        refused,
        `${operation.method} ${operation.path} (${operation.permission}) answered ${status}`,
      ).toBe(!may);
      if (refused) expect(error.message).toMatch(/ask|administrator/i);
    }
  });
});
