import { expect, test } from "vitest";
import { allWords } from "./index.ts";
import { withMany } from "./words.ts";

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, before = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[before + key, value] as [string, string]]
      : flat(value, `${before}${key}.`),
  );
}

function gapsIn(text: string): string[] {
  return [...text.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1] ?? "").sort();
}

test.each(Object.entries(allWords))(
  "%s says everything in French, with the same gaps to fill",
  (_name, both) => {
    const french = new Map(flat(both.fr));
    for (const [key, english] of flat(both.en)) {
      const text = french.get(key);
      expect(text, key).toBeTruthy();
      expect(gapsIn(text ?? ""), key).toEqual(gapsIn(english));
    }
  },
);

test("a million is counted in French as two are", () => {
  expect(withMany({ row_one: "une", row_other: "plusieurs", deep: { x_other: "y" } })).toEqual({
    row_one: "une",
    row_other: "plusieurs",
    row_many: "plusieurs",
    deep: { x_other: "y", x_many: "y" },
  });
});
