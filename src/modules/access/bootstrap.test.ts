import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { Database } from "../../kernel/database/index.ts";
import { Secrets } from "../../kernel/secrets.ts";
import {
  bootstrap,
  checkCanary,
  createUser,
  createWorkspace,
  hasCanary,
  listRoles,
  listWorkspaceIds,
  workspacePolicy,
} from "./index.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.close());

it("makes one workspace and one administrator, whoever starts at the same time", async () => {
  const { db } = database;
  const begin = () => bootstrap(db, { bootstrapKey: null, log: db.log });
  const started = await Promise.all([begin(), begin(), begin()]);
  expect(started.filter(Boolean)).toHaveLength(1);
  expect(await begin()).toBeNull();
  expect(await db.asSystem(listWorkspaceIds)).toEqual([started.find(Boolean)?.workspaceId]);
  const { rows } = await db.pool.query("SELECT count(*)::int AS n FROM app_user");
  expect(rows[0].n).toBe(1);
});

it("leaves nothing when furnishing the first workspace fails", async () => {
  const { db } = database;
  const furnish = () => Promise.reject(new Error("no sink"));
  await expect(bootstrap(db, { bootstrapKey: null, log: db.log, furnish })).rejects.toThrow(
    "no sink",
  );
  expect(await db.asSystem(listWorkspaceIds)).toEqual([]);
  expect(await bootstrap(db, { bootstrapKey: null, log: db.log })).not.toBeNull();
});

it("gives each workspace its own six roles and the default policy", async () => {
  const { db } = database;
  const here = await createWorkspace(db, { name: "Here", timeZone: "Europe/Berlin" });
  const there = await createWorkspace(db, { name: "There", timeZone: "UTC" });
  for (const { workspaceId } of [here, there]) {
    const roles = await db.inWorkspace(workspaceId, listRoles);
    expect(roles.filter((role) => role.built_in)).toHaveLength(6);
    expect((await db.inWorkspace(workspaceId, workspacePolicy)).bin_days).toBe(30);
  }
  await expect(createWorkspace(db, { name: "Nowhere", timeZone: "Mars/Olympus" })).rejects.toThrow(
    /no time zone/,
  );
  expect(await db.asSystem(listWorkspaceIds)).toHaveLength(2);
});

it("lets one person be a user of two workspaces", async () => {
  const { db } = database;
  for (const name of ["Here", "There"]) {
    const { workspaceId } = await createWorkspace(db, { name, timeZone: "UTC" });
    const ada = {
      email: "ada@example.org",
      name: "Ada",
      role: { name: "sales manager" },
      by: null,
    };
    await db.inWorkspace(workspaceId, (tx) => createUser(tx, ada));
    await expect(db.inWorkspace(workspaceId, (tx) => createUser(tx, ada))).rejects.toThrow(
      /there already/,
    );
  }
});

it("recognises its secret again and refuses another", async () => {
  const { db, url } = database;
  expect(await hasCanary(db.pool)).toBe(false);
  await checkCanary(db);
  await checkCanary(db);
  expect(await hasCanary(db.pool)).toBe(true);
  const other = new Database({
    ...db,
    url,
    secrets: new Secrets([randomBytes(32)]),
    reactions: [],
  });
  try {
    await expect(checkCanary(other)).rejects.toMatchObject({
      code: "secret_wrong",
      message: /Put the original secret file back/,
    });
    await checkCanary(db);
  } finally {
    await other.close();
  }
});

it("has no canary before the first migration", async () => {
  const { db } = database;
  await db.pool.query("DROP TABLE installation");
  expect(await hasCanary(db.pool)).toBe(false);
});
