import { expect, test } from "vitest";
import { conditionsIn, filterOf, queryOf, readSearch } from "./search.ts";

test("takes from an address only what is a filter", () => {
  expect(
    readSearch({ q: 470123, owner: "none", email: "maybe", sort: "drop table", list: "" }),
  ).toEqual({
    q: "470123",
    owner: "none",
  });
  expect(readSearch({ sort: "-name", email: "no" })).toEqual({ sort: "-name", email: "no" });
});

test("asks the list and a selection for the same contacts", () => {
  const search = { q: "ada", company: "Analytical", email: "no", list: "L", sort: "name" } as const;
  expect(filterOf(search)).toEqual({
    q: "ada",
    company: "Analytical",
    has_email: false,
    list_id: "L",
  });
  expect(queryOf(search)).toEqual({
    q: "ada",
    company: "Analytical",
    has_email: "false",
    list_id: "L",
    sort: "name",
  });
});

test("counts a day from its first moment, and an impossible day as the beginning of time", () => {
  const { created_after } = filterOf({ after: "2026-05-03" });
  expect(new Date(created_after ?? "")).toEqual(new Date(2026, 4, 3));
  expect(filterOf({ before: "never" }).created_before).toBe("1970-01-01T00:00:00.000Z");
});

test("neither words nor order count as a filter", () => {
  expect(conditionsIn({ q: "ada", sort: "name" })).toBe(0);
  expect(conditionsIn({ owner: "none", email: "yes" })).toBe(2);
});
