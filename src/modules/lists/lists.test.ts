import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { newId } from "../../kernel/ids.ts";
import { findJob, type JobItem } from "../../kernel/jobs/index.ts";
import { buildWorld, everybody, type World } from "../contacts/testing.ts";
import { listEntries, system } from "../ledger/index.ts";
import { actOnSelection } from "./bulk.ts";
import { addMembers } from "./change-members.ts";
import { createList } from "./create-list.ts";
import { listJobs } from "./jobs.ts";
import type { ListAct } from "./list-acts.ts";
import { renameList } from "./rename-list.ts";
import { countedList, pagedLists } from "./view-lists.ts";

let test: TestDatabase;
let world: World;
let listId: string;
const bumped: string[] = [];
const parts = {
  afterExclusion: async (_tx: unknown, ids: readonly string[]) => void bumped.push(...ids),
};

beforeAll(async () => {
  test = await freshDatabase();
  world = await buildWorld(test.db);
});
afterAll(() => test.close());
beforeEach(async () => {
  bumped.length = 0;
  listId = await makeList(`List ${newId()}`);
});

const makeList = (name: string) => world.act((tx) => createList(tx, { name, actor: system }));
const caller = (ownOnly = false): Caller => ({
  workspaceId: world.workspaceId,
  userId: world.userId,
  apiKeyId: null,
  name: "Ann",
  roleName: "Any",
  permissions: new Set(),
  ownOnly,
});
const doTo = (act: ListAct, ids: string[], ownOnly = false) =>
  world.act((tx) =>
    actOnSelection(tx, parts, { act, listId, selection: { ids }, caller: caller(ownOnly) }),
  );
const counts = async () => {
  const { member_count, exclusion_count } = await world.act((tx) =>
    countedList(tx, everybody, listId),
  );
  return [member_count, exclusion_count];
};
async function people(count: number, owner_id: string | null = null): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push((await world.create({ first_name: "P", owner_id })).id);
  return ids;
}

describe("lists", () => {
  it("have names of their own", async () => {
    await makeList("Spring");
    await expect(makeList("Spring")).rejects.toMatchObject({ code: "name_taken" });
    await world.act(async (tx) => {
      await expect(renameList(tx, { listId, name: "Spring", actor: system })).rejects.toMatchObject(
        { code: "name_taken" },
      );
      await renameList(tx, { listId, name: "Summer", actor: system });
      expect((await countedList(tx, everybody, listId)).name).toBe("Summer");
    });
    await expect(
      world.act((tx) => renameList(tx, { listId: newId(), name: "X", actor: system })),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("are paged by name", async () => {
    const elsewhere = await buildWorld(test.db);
    for (const name of ["c", "a", "b"])
      await elsewhere.act((tx) => createList(tx, { name, actor: system }));
    const first = await elsewhere.act((tx) => pagedLists(tx, everybody, { limit: 2 }));
    const second = await elsewhere.act((tx) =>
      pagedLists(tx, everybody, { limit: 2, cursor: first.next_cursor ?? "" }),
    );
    expect([...first.items, ...second.items].map((list) => list.name)).toEqual(["a", "b", "c"]);
    expect(second.next_cursor).toBeNull();
  });
});

describe("membership", () => {
  it("takes contacts by selection and says what came of each", async () => {
    const [a, b, c] = (await people(3)) as [string, string, string];
    expect(await doTo("list.add_members", [a, b])).toEqual({
      counts: { added: 2, already: 0, excluded: 0, not_found: 0 },
    });
    await doTo("list.exclude", [c]);
    expect(await doTo("list.add_members", [a, b, c, newId(), a])).toEqual({
      counts: { added: 0, already: 2, excluded: 1, not_found: 1 },
    });
    expect(await doTo("list.remove_members", [a, c])).toEqual({
      counts: { removed: 1, not_member: 1, not_found: 0 },
    });
    expect(await counts()).toEqual([1, 1]);
  });

  it("never lets an exclusion be undone by an addition, and lifting one adds nobody", async () => {
    const [a] = (await people(1)) as [string];
    await doTo("list.add_members", [a]);
    expect(await doTo("list.exclude", [a])).toEqual({
      counts: { excluded: 1, already: 0, removed: 1, not_found: 0 },
    });
    expect(bumped).toEqual([a]);
    expect(await world.act((tx) => addMembers(tx, listId, [a]))).toEqual({
      added: 0,
      already: 0,
      excluded: [a],
    });
    expect(await counts()).toEqual([0, 1]);
    expect(await doTo("list.lift_exclusions", [a])).toEqual({
      counts: { lifted: 1, not_excluded: 0, not_found: 0 },
    });
    expect(await counts()).toEqual([0, 0]);
    const acts = await world.act((tx) => listEntries(tx, { contactId: a, limit: 10 }));
    expect(acts.map((entry) => entry.act)).toEqual([
      "list.exclusion_lifted",
      "list.excluded",
      "contact.created",
    ]);
  });

  it("ends excluded when adding and excluding meet", async () => {
    const ids = await people(20);
    await Promise.all(
      ids.flatMap((id) => [doTo("list.add_members", [id]), doTo("list.exclude", [id])]),
    );
    expect(await counts()).toEqual([0, 20]);
  });

  it("is changed by who sees only their own contacts for those alone", async () => {
    const [mine] = (await people(1, world.userId)) as [string];
    const [theirs] = (await people(1, world.otherUserId)) as [string];
    expect(await doTo("list.add_members", [mine, theirs], true)).toEqual({
      counts: { added: 1, already: 0, excluded: 0, not_found: 1 },
    });
    await doTo("list.add_members", [theirs]);
    expect((await world.act((tx) => countedList(tx, world.own, listId))).member_count).toBe(1);
    expect(await doTo("list.remove_members", [mine, theirs], true)).toEqual({
      counts: { removed: 1, not_member: 0, not_found: 1 },
    });
    expect(await counts()).toEqual([1, 0]);
  });

  it("counts nobody who is in the bin", async () => {
    const ids = await people(3);
    await doTo("list.add_members", ids);
    await world.act((tx) =>
      sql`UPDATE contact SET deletion_id = ${newId()} WHERE id = ${ids[0]}`.execute(tx),
    );
    expect(await counts()).toEqual([2, 0]);
  });
});

describe("a selection of more than 10,000", () => {
  it("is worked off as a job that a crash may interrupt anywhere, with a reason for each skipped", async () => {
    const big = await buildWorld(test.db);
    const owned = await big.act((tx) => createList(tx, { name: "Big", actor: system }));
    await big.act((tx) => sql`UPDATE role SET permissions = ARRAY['lists.edit']`.execute(tx));
    const total = 10_007;
    const ids = Array.from({ length: total }, () => newId());
    const excludedId = ids[7_000] as string;
    await big.act(async (tx) => {
      await sql`INSERT INTO contact (workspace_id, id) SELECT ${big.workspaceId}, unnest(${ids}::uuid[])`.execute(
        tx,
      );
      await sql`INSERT INTO list_exclusion (workspace_id, list_id, contact_id) VALUES (${big.workspaceId}, ${owned}, ${excludedId})`.execute(
        tx,
      );
    });
    const started = await big.act((tx) =>
      actOnSelection(tx, parts, {
        act: "list.add_members",
        listId: owned,
        selection: { filter: {} },
        caller: { ...caller(), workspaceId: big.workspaceId, userId: big.userId },
      }),
    );
    if (!("jobId" in started)) throw new Error("was done at once");
    const { jobId } = started;
    const run = async (db: typeof test.db) =>
      listJobs(parts)["list.add_members"]?.run({
        db,
        workspaceId: big.workspaceId,
        job: await big.act((tx) => findJob(tx, jobId)),
      });
    // The process dies in its second batch.
    let transactions = 0;
    const dying = new Proxy(test.db, {
      get: (target, key) =>
        key === "inWorkspace"
          ? (...given: Parameters<typeof target.inWorkspace>) =>
              ++transactions > 2
                ? Promise.reject(new Error("killed"))
                : target.inWorkspace(...given)
          : Reflect.get(target, key),
    });
    await expect(run(dying)).rejects.toThrow("killed");
    expect(await big.act((tx) => findJob(tx, jobId))).toMatchObject({ done: 5_000, total });
    await run(test.db);
    expect(await big.act((tx) => findJob(tx, jobId))).toMatchObject({
      done: total,
      counts: { added: total - 1, already: 0, excluded: 1 },
    });
    const items = await big.act((tx) =>
      sql<JobItem>`SELECT * FROM job_item WHERE job_id = ${jobId} ORDER BY position`.execute(tx),
    );
    expect(items.rows.length).toBe(total);
    expect(items.rows.filter((item) => item.outcome !== "done")).toMatchObject([
      { subject_id: excludedId, outcome: "skipped", reason: "excluded", position: 7_000 },
    ]);
    expect((await big.act((tx) => countedList(tx, everybody, owned))).member_count).toBe(total - 1);
  });
});
