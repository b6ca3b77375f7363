import type { Attributes } from "../../contacts/index.ts";
import type { Plan } from "./plan.ts";

// As contacts themselves refuse them (contacts/schemas.ts and rules.ts).
const lineLength = 200;
const attributeLength = 2_000;

/** A cell as one line: line breaks and tabs become spaces, other control characters go, ends are trimmed. */
export function oneLine(cell: string): string {
  if (/^[\x21-\x7e\u00a1-\u024f]*$/.test(cell)) return cell;
  return cell
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cc}\p{Cs}]/gu, "")
    .trim();
}

/** First and last name of "Ada Byron", "Byron, Ada" and "Ada". */
export function splitName(name: string): [string, string] {
  const comma = name.indexOf(",");
  if (comma > 0) return [name.slice(comma + 1).trim(), name.slice(0, comma).trim()];
  const space = name.lastIndexOf(" ");
  return space < 0 ? [name, ""] : [name.slice(0, space).trim(), name.slice(space + 1)];
}

const named = ["first_name", "last_name", "full_name", "company", "job_title"] as const;

/** Why a row's names are more than a contact holds, or null. */
export function tooLong(
  plan: Plan,
  cells: readonly string[],
): { reason: string; message: string } | null {
  for (const field of named) {
    const at = plan.at[field];
    const cell = at < 0 ? "" : (cells[at] as string);
    if (cell.length > lineLength && oneLine(cell).length > lineLength) {
      return {
        reason: "too_long",
        message: `The ${field.replace("_", " ")} has more than ${lineLength} characters. Shorten it.`,
      };
    }
  }
  for (const { key, at } of plan.attributes) {
    if (
      (cells[at] as string).length > attributeLength &&
      clean(cells[at] as string).length > attributeLength
    ) {
      return {
        reason: "too_long",
        message: `${key} has more than ${attributeLength.toLocaleString("en")} characters. Shorten it.`,
      };
    }
  }
  return null;
}

/**
 * The row's attributes, or null when all cells are empty. What could not be read as a number or
 * matched to a user is kept as given, so that it is not lost.
 */
export function readAttributes(
  plan: Plan,
  cells: readonly string[],
  unread: { phone: string; owner: string },
): Attributes | null {
  const attributes: Attributes = {};
  let any = false;
  const set = (key: string, value: string) => {
    if (value === "") return;
    attributes[key] = value;
    any = true;
  };
  for (const { key, at } of plan.attributes) set(key, clean(cells[at] as string));
  if (plan.tags.length > 0) {
    const tags = plan.tags.flatMap((at) => (cells[at] as string).split(/[,;|]/)).map(oneLine);
    set("tags", [...new Set(tags.filter(Boolean))].join(", ").slice(0, attributeLength));
  }
  set("phone_as_given", oneLine(unread.phone).slice(0, lineLength));
  set("owner_as_given", unread.owner.slice(0, lineLength));
  return any ? attributes : null;
}

/** Attributes may hold line breaks; other control characters no database or page takes. */
function clean(cell: string): string {
  return cell.replace(/[^\P{Cc}\t\n\r]|\p{Cs}/gu, "").trim();
}
