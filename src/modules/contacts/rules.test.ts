import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newId } from "../../kernel/ids.ts";
import { isIndexable, pattern, wordsOf } from "./finding/rules.ts";
import {
  attributesProblem,
  createdAt,
  firstIdAt,
  fold,
  lineProblem,
  searchText,
  sortName,
} from "./rules.ts";
import { noFacts, stageOf } from "./stage.ts";

const ada = {
  first_name: "Ádá",
  last_name: "Byron",
  company: "Łódź Foods",
  email: "ada@example.org",
  phone: "+32470123456",
};

describe("searching", () => {
  it("finds a person by any part of name, email, phone or company, whatever the accents", () => {
    const text = searchText(ada);
    for (const q of [
      "ada",
      "BYRON",
      "bÿr",
      "example.org",
      "Lodz",
      "+32470",
      "32470123456",
      "123456",
      "0470 12 34 56",
      "+32 470/12.34.56",
      "0032 470 12 34 56",
    ]) {
      for (const word of wordsOf(q)) expect(text, q).toContain(word);
    }
  });

  it("folds to one form that folding again leaves alone", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        (text) => void expect(fold(fold(text))).toBe(fold(text)),
      ),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        (text) => void expect(fold(text.normalize("NFD"))).toBe(fold(text.normalize("NFC"))),
      ),
    );
  });

  it("looks for a percent sign and an underscore as themselves", () => {
    expect(pattern("%50_\\")).toBe("%\\%50\\_\\\\%");
  });

  it("looks for one or two letters where a word begins, and for punctuation anywhere", () => {
    expect(["an", "a-b", "ann", "@x", "&"].map(pattern)).toEqual([
      "% an%",
      "% a-b%",
      "%ann%",
      "%@x%",
      "%&%",
    ]);
    expect(["an", "a-b", "ann", "@x", "&"].map(isIndexable)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it("sorts by last name, and those without a name by company or address", () => {
    expect(sortName(ada)).toBe("byron ada");
    expect(sortName({ ...ada, first_name: "", last_name: "" })).toBe("lodz foods");
    expect(sortName({ ...ada, first_name: "", last_name: "", company: "" })).toBe(
      "ada@example.org",
    );
  });
});

describe("what may be written", () => {
  it("refuses a name that would add a mail header", () => {
    for (const bad of ["Ada\r\nBcc: x@y.z", "Ada\nB", "A\0", "A\u0085B", "A\u2028B", "A\ud800"])
      expect(lineProblem(bad)).not.toBeNull();
    expect(lineProblem("Zoë O’Neil-Ñandú 王芳")).toBeNull();
  });

  it("keeps text, numbers and booleans as attributes and says what is wrong with others", () => {
    expect(attributesProblem({ country: "BE", "VIP since": 2019, vip: true })).toBeNull();
    expect(attributesProblem({ "9lives": 1 })).toContain("9lives");
    expect(attributesProblem({ list: [1] })).toContain("list");
    expect(attributesProblem({ n: Number.NaN })).toContain("n");
    expect(attributesProblem({ nul: "a\0" })).toContain("control");
    expect(
      attributesProblem(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, i]))),
    ).toContain("100");
  });
});

describe("when a contact was made", () => {
  it("is read from its id, and a filter's bound falls before every id of that moment", () => {
    const now = Date.now();
    const id = newId(now);
    expect(Math.abs(createdAt(id).getTime() - now)).toBeLessThan(5);
    expect(firstIdAt(createdAt(id)) <= id).toBe(true);
    expect(firstIdAt(new Date(createdAt(id).getTime() + 1)) > id).toBe(true);
  });
});

describe("the stage of a lead", () => {
  it("follows the strongest fact", () => {
    const replied = { ...noFacts, sent: 3, repliedAt: new Date(1_000) };
    const later = new Date(2_000);
    expect(stageOf(noFacts)).toBe("new");
    expect(stageOf({ ...noFacts, pendingFollowUp: true })).toBe("pending");
    expect(stageOf({ ...noFacts, sent: 2, pendingFollowUp: true })).toBe("cold");
    expect(stageOf({ ...noFacts, sent: 2, opened: 1 })).toBe("engaged");
    expect(stageOf({ ...noFacts, sent: 2, opened: 2 })).toBe("warm");
    expect(stageOf({ ...noFacts, sent: 2, clicked: 1 })).toBe("hot");
    expect(stageOf(replied)).toBe("responded");
    expect(stageOf({ ...replied, outOfOffice: true })).toBe("out_of_office");
    const dealtWith = { ...replied, processedAt: later };
    expect(stageOf(dealtWith)).toBe("processed");
    expect(stageOf({ ...dealtWith, repliedAt: new Date(later.getTime() + 1) })).toBe("responded");
    expect(stageOf({ ...dealtWith, lastSentAt: new Date(later.getTime() + 1) })).toBe("responded");
    expect(stageOf({ ...dealtWith, unsubscribed: true })).toBe("unsubscribed");
    expect(stageOf({ ...replied, unsubscribed: true })).toBe("unsubscribed");
    expect(stageOf({ ...replied, unsubscribed: true, deactivated: true })).toBe("deactivated");
  });
});
