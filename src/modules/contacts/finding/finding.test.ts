import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../../test/support/database.ts";
import { newId } from "../../../kernel/ids.ts";
import { buildWorld, everybody, type World } from "../testing.ts";
import type { ContactFilter } from "./filter.ts";
import { searchOf } from "./filter.ts";
import { listContacts } from "./list-contacts.ts";
import { countMatches, pageByWalking, pageOfMatches } from "./queries.ts";
import { type Sort, sorts, wordsOf } from "./rules.ts";
import { selectContacts, selectContactsAfter } from "./select-contacts.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await freshDatabase();
});
afterAll(() => test.close());

const email = (value: string) => ({ channel: "email" as const, value });

async function list(
  world: World,
  filter: ContactFilter,
  options: Partial<Parameters<typeof listContacts>[1]> = {},
) {
  return world.act((tx) =>
    listContacts(tx, {
      viewer: everybody,
      filter,
      sort: "-created_at",
      limit: 200,
      count: false,
      ...options,
    }),
  );
}
const namesOf = (page: Awaited<ReturnType<typeof list>>) =>
  page.contacts.map((contact) => contact.first_name);

describe("finding contacts", () => {
  let world: World;
  let listId: string;
  beforeAll(async () => {
    world = await buildWorld(test.db);
    await world.create({
      first_name: "Ada",
      last_name: "Byron",
      company: "Analytical",
      attributes: { country: "GB", score: 1 },
      addresses: [email("ada@example.org")],
    });
    await world.create({
      first_name: "Zoë",
      last_name: "Ångström",
      company: "100% Pure",
      owner_id: world.userId,
      addresses: [{ channel: "sms", value: "+32470123456" }],
    });
    const bob = await world.create({
      first_name: "Bob",
      last_name: "Byron",
      company: "Analytical Engines",
      attributes: { country: "GB" },
      owner_id: world.otherUserId,
      addresses: [email("bob@work.example")],
    });
    await world.create({ first_name: "Дмитрий", last_name: "Волков", owner_id: world.userId });
    listId = newId();
    await world.act(async (tx) => {
      await sql`INSERT INTO list (workspace_id, id, name) VALUES (${world.workspaceId}, ${listId}, 'L')`.execute(
        tx,
      );
      await sql`INSERT INTO list_member (workspace_id, list_id, contact_id) VALUES (${world.workspaceId}, ${listId}, ${bob.id})`.execute(
        tx,
      );
    });
  });

  it.each<[string, ContactFilter, string[]]>([
    ["part of a name", { q: "yro" }, ["Bob", "Ada"]],
    ["words in any order", { q: "byron ADA" }, ["Ada"]],
    ["a name without its accents", { q: "zoe angs" }, ["Zoë"]],
    ["two letters", { q: "zo" }, ["Zoë"]],
    ["another alphabet", { q: "волк" }, ["Дмитрий"]],
    ["part of an email", { q: "@work.ex" }, ["Bob"]],
    ["a number as people write it", { q: "0470 12 34 56" }, ["Zoë"]],
    ["a percent sign, not anything", { q: "100%" }, ["Zoë"]],
    ["nothing", { q: "nobody" }, []],
    ["company, exactly", { company: "Analytical" }, ["Ada"]],
    ["an attribute", { attributes: { country: "GB" } }, ["Bob", "Ada"]],
    ["two attributes", { attributes: { country: "GB", score: 1 } }, ["Ada"]],
    ["having an email", { has_email: true }, ["Bob", "Ada"]],
    ["having none", { has_email: false }, ["Дмитрий", "Zoë"]],
    ["nobody's contacts", { owner_id: "none" }, ["Ada"]],
    ["made before", { created_before: "2020-01-01T00:00:00Z" }, []],
    ["made after", { created_after: "2020-01-01T00:00:00Z", q: "ada" }, ["Ada"]],
  ])("finds by %s", async (_what, filter, names) => {
    expect(namesOf(await list(world, filter))).toEqual(names);
    expect(await list(world, filter, { count: true })).toMatchObject({ count: names.length });
    const ids = await world.act((tx) => selectContacts(tx, everybody, { filter }));
    expect(ids).toHaveLength(names.length);
  });

  it("finds a list's members, with a text or without", async () => {
    expect(namesOf(await list(world, { list_id: listId }))).toEqual(["Bob"]);
    expect(namesOf(await list(world, { list_id: listId, q: "ada" }))).toEqual([]);
    expect(
      await world.act((tx) => selectContacts(tx, everybody, { list_id: listId })),
    ).toHaveLength(1);
  });

  it("shows who sees only their own contacts no others, however they ask", async () => {
    for (const filter of [
      {},
      { q: "byron" },
      { list_id: listId },
      { owner_id: world.otherUserId },
      { company: "Analytical" },
    ]) {
      for (const sort of sorts) {
        const found = await list(world, filter, { viewer: world.own, sort, count: true });
        for (const contact of found.contacts) expect(contact.owner_id).toBe(world.userId);
        expect(found.count).toBe(found.contacts.length);
      }
      const all = await world.act((tx) => selectContacts(tx, everybody, { filter: {} }));
      const selected = [
        ...(await world.act((tx) => selectContacts(tx, world.own, { filter }))),
        ...(await world.act((tx) => selectContacts(tx, world.own, { ids: all }))),
      ];
      const mine = (await list(world, {}, { viewer: world.own })).contacts.map(
        (contact) => contact.id,
      );
      for (const id of selected) expect(mine).toContain(id);
    }
  });

  it("shows nothing of another workspace, through the search index neither", async () => {
    const elsewhere = await buildWorld(test.db);
    for (const filter of [{}, { q: "byron" }, { list_id: listId }, { company: "Analytical" }]) {
      expect(namesOf(await list(elsewhere, filter))).toEqual([]);
    }
    const ids = (await list(world, {})).contacts.map((contact) => contact.id);
    expect(await elsewhere.act((tx) => selectContacts(tx, everybody, { ids }))).toEqual([]);
  });

  it("refuses a cursor of another order or a forged one", async () => {
    const { nextCursor } = await list(world, {}, { sort: "name", limit: 1 });
    const forged = Buffer.from(JSON.stringify(["name", "x", "' OR true"])).toString("base64url");
    for (const [sort, cursor] of [
      ["email", nextCursor],
      ["name", forged],
      ["name", "!"],
    ] as const) {
      await expect(list(world, {}, { sort, cursor: cursor ?? "" })).rejects.toMatchObject({
        code: "bad_cursor",
      });
    }
  });

  it("finds an address whole, and not another that begins alike", async () => {
    for (const at of ["acme.example", "acme-two.example"])
      await world.create({ first_name: at, addresses: [email(`karolina@${at}`)] });
    const whole = { q: "karolina@acme.example" };
    expect(namesOf(await list(world, whole, { count: true }))).toEqual(["acme.example"]);
    expect((await list(world, whole, { count: true })).count).toBe(1);
    await world.act(async (tx) => {
      const page = { column: "name" as const, descending: false, after: null, limit: 50 };
      const found = await pageOfMatches(tx, searchOf(whole, everybody), page, 100);
      expect(found?.map((contact) => contact.first_name)).toEqual(["acme.example"]);
      expect(await countMatches(tx, searchOf(whole, everybody), 100)).toBe(1);
    });
  });

  it("filters by a company by all of its name, through the index too", async () => {
    for (const company of ["Zythum 1", "Zythum 12", "The Zythum 1"])
      await world.create({
        first_name: company,
        company,
        addresses: [email(`${company.replaceAll(" ", "")}@beer.example`)],
      });
    const filter = { company: "Zythum 1" };
    expect(namesOf(await list(world, filter))).toEqual(["Zythum 1"]);
    await world.act(async (tx) => {
      const page = { column: "name" as const, descending: false, after: null, limit: 50 };
      const found = await pageOfMatches(tx, searchOf(filter, everybody), page, 100);
      expect(found?.map((contact) => contact.company)).toEqual(["Zythum 1"]);
    });
  });

  it("finds the same by the index and by walking", async () => {
    for (const q of ["byron", "an", "o", "example", "zo", "b"]) {
      for (const column of ["created_at", "name", "email"] as const) {
        const page = { column, descending: false, after: null, limit: 50 };
        await world.act(async (tx) => {
          const search = searchOf({ q }, everybody);
          const walked = await pageByWalking(tx, search, page, null);
          expect(
            await pageOfMatches(tx, { ...search, indexable: search.patterns }, page, 100),
          ).toEqual(walked);
          expect(
            await pageOfMatches(tx, { ...search, indexable: search.patterns }, page, -1),
          ).toBeNull();
          if (column !== "email")
            expect(await countMatches(tx, { ...search, indexable: search.patterns }, 100)).toBe(
              walked.length,
            );
        });
      }
    }
    expect(wordsOf("  Ada   ada ")).toEqual(["ada"]);
  });
});

describe("paging", () => {
  it("meets each contact exactly once in any order, while others are added", async () => {
    const name = fc.constantFrom("Ann", "ann", "Ánn", "Bo", "", "zz");
    const person = fc.record({ first_name: name, last_name: name, withEmail: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 1, maxLength: 14 }),
        fc.constantFrom<Sort>(...sorts),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom<ContactFilter>({}, { q: "company" }, { q: "co" }),
        async (people, sort, limit, filter) => {
          const world = await buildWorld(test.db);
          const add = ({ withEmail, ...names }: (typeof people)[number]) =>
            world.create({
              ...names,
              company: "Company",
              addresses: withEmail ? [email(`${newId()}@example.org`)] : [],
            });
          const present: string[] = [];
          for (const each of people) present.push((await add(each)).id);
          const met: string[] = [];
          let cursor: string | null | undefined;
          do {
            const page: Awaited<ReturnType<typeof list>> = await list(world, filter, {
              sort,
              limit,
              ...(cursor ? { cursor } : {}),
            });
            met.push(...page.contacts.map((contact) => contact.id));
            cursor = page.nextCursor;
            if (met.length < 40)
              await add(people[met.length % people.length] as (typeof people)[number]);
          } while (cursor && met.length < 60);
          expect(new Set(met).size).toBe(met.length);
          if (!cursor) for (const id of present) expect(met).toContain(id);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("hands a job its selection in batches, without those added later", async () => {
    const world = await buildWorld(test.db);
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) ids.push((await world.create({ first_name: `N${i}` })).id);
    const upTo = newId();
    const batches: string[][] = [];
    for (let after: string | null = null; ; ) {
      const batch = await world.act((tx) =>
        selectContactsAfter(tx, everybody, { filter: {} }, { after, upTo, limit: 3 }),
      );
      if (batch.length === 0) break;
      batches.push(batch);
      after = batch.at(-1) ?? null;
      await world.create({ first_name: "Late" });
    }
    expect(batches.map((batch) => batch.length)).toEqual([3, 3, 1]);
    expect(batches.flat()).toEqual(ids);
    await expect(
      world.act((tx) => selectContacts(tx, everybody, { filter: {} }, 5)),
    ).rejects.toMatchObject({ code: "selection_too_large" });
  });
});
