/** The same keys as the English words, each a text. */
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

interface Words<T> {
  en: T;
  fr: Same<T>;
}

/** A page's words in every language of the UI; a key that French lacks does not compile. */
export function words<const T extends object>(both: Words<T>): Words<T> {
  return both;
}

type Tree = { [key: string]: string | Tree };

/**
 * French counts 1,000,000 in a plural form of its own (`_many`, CLDR), which reads
 * like `_other` wherever nothing else is written.
 */
export function withMany(tree: Tree): Tree {
  const result: Tree = {};
  for (const [key, value] of Object.entries(tree)) {
    result[key] = typeof value === "string" ? value : withMany(value);
    if (typeof value === "string" && key.endsWith("_other")) {
      const many = key.replace(/_other$/, "_many");
      result[many] ??= value;
    }
  }
  return result;
}
