import fc from "fast-check";
import { expect, it } from "vitest";
import { BoundedCache } from "./bounded-cache.ts";
import { parseDomain } from "./domain.ts";
import { isProblem } from "./problem.ts";

it.each([
  ["example.org", "example.org"],
  ["@Example.ORG", "example.org"],
  ["*.example.org", "example.org"],
  ["*@example.org", "example.org"],
  [" example.org. ", "example.org"],
  ["@BÜCHER.example", "xn--bcher-kva.example"],
  ["例え。jp", "xn--r8jz45g.jp"],
])("%s names the domain %s", (written, domain) => {
  const found = parseDomain(written);
  expect(found).toMatchObject({ domain });
  if (!isProblem(found)) expect(parseDomain(found.domain)).toEqual(found);
});

it.each([
  ["", "domain_empty"],
  ["@", "domain_empty"],
  ["com", "email_domain_no_dot"],
  ["ann@example.org", "domain_is_address"],
  ["http://example.org/", "email_domain_character"],
  ["a..org", "email_domain_dots"],
  ["exam ple.org", "email_domain_character"],
  ["*.*.org", "email_domain_character"],
])("%j is no domain: %s", (written, code) => {
  expect(parseDomain(written)).toMatchObject({ problem: code });
});

it("gives the registrable domain by the public suffix list", () => {
  expect(parseDomain("mail.example.co.uk")).toMatchObject({ rootDomain: "example.co.uk" });
  expect(parseDomain("co.uk")).toMatchObject({ rootDomain: "co.uk" });
});

it("remembers no more than its bound, and keeps what is used", () => {
  const cache = new BoundedCache<number>(100);
  cache.set("kept", 1);
  for (let i = 0; i < 10_000; i++) {
    cache.set(`other ${i}`, i);
    expect(cache.get("kept")).toBe(1);
  }
  expect(cache.size).toBeLessThanOrEqual(200);
});

it("gives its own result again, and the same in any case, of any text at all", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
    fc.string({
      unit: fc.constantFrom("a", "B", "1", "-", ".", "。", "é", "ß", "ς", "xn--"),
      minLength: 1,
    }),
  );
  fc.assert(
    fc.property(text, (label) => {
      const found = parseDomain(`${label}.example.org`);
      if (isProblem(found)) return;
      expect(found.domain).toMatch(/^[a-z0-9.-]+$/);
      expect(parseDomain(found.domain)).toEqual(found);
      expect(parseDomain(`${label}.example.org`.normalize("NFD"))).toEqual(found);
      if (
        Array.from(label).every(
          (letter) => letter.toUpperCase().toLowerCase() === letter.toLowerCase(),
        )
      ) {
        expect(parseDomain(`${label}.EXAMPLE.org`.toUpperCase())).toEqual(found);
      }
    }),
    { numRuns: 1_000 },
  );
});
