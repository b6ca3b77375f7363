import { HeedError } from "../../../kernel/errors.ts";
import { decodeCursor, encodeCursor } from "../../../kernel/http/cursor.ts";
import { fold } from "../rules.ts";

export const sorts = ["-created_at", "created_at", "name", "-name", "email", "-email"] as const;
export type Sort = (typeof sorts)[number];
export type SortColumn = "created_at" | "name" | "email";

export function columnOf(sort: Sort): SortColumn {
  return sort.replace("-", "") as SortColumn;
}

/**
 * `q` as words that must all occur, folded like search_text. What is nothing but digits and
 * telephone punctuation is one number, without the zeros that dialling puts before it, so that
 * "0470 12 34 56" finds +32470123456.
 */
export function wordsOf(q: string): string[] {
  const text = fold(q).trim();
  const digits = text.replace(/[\s()./+-]/g, "");
  if (/^\d{5,}$/.test(digits) && /^[+(\d]/.test(text)) return [digits.replace(/^0+/, "") || digits];
  return [...new Set(text.split(/\s+/).filter(Boolean))].slice(0, 10);
}

/**
 * The LIKE pattern for a text that occurs anywhere; one or two letters are looked for where a word
 * begins (search_text begins with a space), because inside words they have no trigram to find
 * them by.
 */
export function pattern(text: string): string {
  return hasTrigram(text) || !beginsWord(text) ? `%${escaped(text)}%` : `% ${escaped(text)}%`;
}

const escaped = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** The pattern for a whole company, which search_text ends with: "Acme 1" and not "Acme 12". */
export function companyPattern(company: string): string {
  return `% ${escaped(fold(company))}`;
}

/**
 * The pattern that the index is asked with; it may match more than `pattern`. Of an address only
 * what stands before the @: half the contacts may share what follows, and the index would read
 * them all to find that out.
 */
export function indexPattern(text: string): string {
  const at = text.indexOf("@");
  const local = text.slice(0, at + 1);
  return at >= 5 && hasTrigram(local) ? pattern(local) : pattern(text);
}

/** True when the trigram index can narrow by the text. */
export function isIndexable(text: string): boolean {
  return hasTrigram(text) || beginsWord(text);
}

const hasTrigram = (text: string) => /[\p{L}\p{N}]{3}/u.test(text);
const beginsWord = (text: string) => /^[\p{L}\p{N}]/u.test(text);

/** Where a page begins: the sort value (null for no email, absent when sorting by id) and id before it. */
export interface Position {
  value: string | null;
  id: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function writeCursor(sort: Sort, position: Position): string {
  return encodeCursor([sort, position.value, position.id]);
}

/** Throws `bad_cursor` for one of another sort, or that this program did not write. */
export function readCursor(sort: Sort, cursor: string): Position {
  const [writtenFor, value, id] = decodeCursor(cursor, 3);
  if (
    writtenFor !== sort ||
    typeof id !== "string" ||
    !uuid.test(id) ||
    typeof value === "number" ||
    value === undefined ||
    value?.includes("\0") ||
    (value === null && columnOf(sort) === "name")
  ) {
    throw new HeedError(
      "bad_cursor",
      "This cursor belongs to another list or order. Leave it out to begin at the first page.",
    );
  }
  return { value, id };
}

/** The LIKE patterns that search_text must match, all of them, for what somebody typed. */
export function searchPatterns(q: string): string[] {
  return wordsOf(q).map(pattern);
}
