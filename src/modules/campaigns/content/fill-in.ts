import type { Kind } from "./engine.ts";
import type { ContentVariables } from "./fields.ts";

/** Fills a template in, or answers null where a value needs Liquid's own way of writing it. */
export type FillIn = (variables: ContentVariables) => string | null;

const output =
  /\{\{\s*([a-z_]+(?:\.[a-z_0-9]+){0,2})\s*(?:\|\s*default:\s*(?:"([^"{}\\]*)"|'([^'{}\\]*)')\s*)?\}\}/g;

// On these Liquid computes something instead of reading a field.
const computed = new Set(["size", "first", "last"]);

/**
 * Most templates only place fields, with or without a default. Those are cut into
 * pieces once and joined for each recipient, about twenty times as fast as
 * interpreting them. Null for a template that does more, which Liquid renders;
 * both give the same text (content.test.ts compares them).
 */
export function fillIn(kind: Kind, source: string): FillIn | null {
  if (source.includes("{%")) return null;
  const fixed: string[] = [];
  const fields: { path: string[]; fallback: string }[] = [];
  let last = 0;
  for (const match of source.matchAll(output)) {
    const path = (match[1] as string).split(".");
    if (computed.has(path.at(-1) as string)) return null;
    fixed.push(source.slice(last, match.index));
    fields.push({ path, fallback: match[2] ?? match[3] ?? "" });
    last = match.index + match[0].length;
  }
  fixed.push(source.slice(last));
  if (fixed.some((piece) => piece.includes("{{") || piece.includes("}}"))) return null;
  const write = kind === "html" ? escapeHtml : (text: string) => text;
  return (variables) => {
    let filled = fixed[0] as string;
    for (const [i, { path, fallback }] of fields.entries()) {
      const value = read(variables, path);
      let text: string;
      if (value === undefined || value === null || value === "") text = fallback;
      else if (typeof value === "string") text = value;
      else if (typeof value === "number") text = String(value);
      else return null;
      filled += write(text) + (fixed[i + 1] as string);
    }
    return filled;
  };
}

function read(variables: ContentVariables, path: readonly string[]): unknown {
  let value: unknown = variables;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** As Liquid's own escape writes it. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text)
    ? text.replace(/[&<>"']/g, (letter) => escapes[letter] as string)
    : text;
}
