import { z } from "zod";
import { id } from "../../../kernel/http/index.ts";
import { fold } from "../rules.ts";
import type { Viewer } from "../visibility.ts";
import { companyPattern, indexPattern, isIndexable, pattern, wordsOf } from "./rules.ts";

// PostgreSQL keeps no NUL in a text, so none can be looked for either.
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes("\0"), "holds a NUL character");

/** Which contacts: every condition must hold. The same in lists, selections and jobs. */
export const filterSchema = z.strictObject({
  q: text(200).optional().describe("Words that all occur in name, email, phone or company"),
  owner_id: z.union([id, z.literal("none")]).optional(),
  company: text(200).optional().describe("Exactly this company"),
  has_email: z.boolean().optional(),
  created_after: z.iso.datetime({ offset: true }).optional(),
  created_before: z.iso.datetime({ offset: true }).optional(),
  attributes: z
    .record(text(64), z.union([text(2000), z.number(), z.boolean()]))
    .optional()
    .describe("Each named attribute equals this value"),
  list_id: id.optional().describe("Members of this list"),
});
export type ContactFilter = z.output<typeof filterSchema>;

/** `{ ids }`, `{ filter }` or `{ list_id }`: what a bulk act is done to. */
export const selectionSchema = z.union([
  z.strictObject({ ids: z.array(id).min(1).max(50_000) }),
  z.strictObject({ filter: filterSchema }),
  z.strictObject({ list_id: id }),
]);
export type Selection = z.output<typeof selectionSchema>;

/** A filter and a viewer, ready to be put to the database. */
export interface Search {
  /** LIKE patterns that search_text must match, all of them. */
  patterns: string[];
  /** What the trigram index is asked with; it may find more than the patterns. */
  indexable: string[];
  visibleTo: string | null;
  ownerId: string | "none" | null;
  company: string | null;
  hasEmail: boolean | null;
  createdAfter: Date | null;
  createdBefore: Date | null;
  attributes: Record<string, string | number | boolean> | null;
  listId: string | null;
  ids: string[] | null;
}

export function searchOf(filter: ContactFilter, viewer: Viewer): Search {
  const texts = wordsOf(filter.q ?? "");
  // The company stands in search_text, whose index narrows where the company itself has none.
  const company =
    filter.company && isIndexable(fold(filter.company)) ? [companyPattern(filter.company)] : [];
  return {
    patterns: [...texts.map(pattern), ...company],
    indexable: [...texts.filter(isIndexable).map(indexPattern), ...company],
    visibleTo: viewer.ownOnly ? viewer.userId : null,
    ownerId: filter.owner_id ?? null,
    company: filter.company ?? null,
    hasEmail: filter.has_email ?? null,
    createdAfter: filter.created_after ? new Date(filter.created_after) : null,
    createdBefore: filter.created_before ? new Date(filter.created_before) : null,
    attributes:
      filter.attributes && Object.keys(filter.attributes).length > 0 ? filter.attributes : null,
    listId: filter.list_id ?? null,
    ids: null,
  };
}

/** The search that a selection stands for. */
export function searchOfSelection(selection: Selection, viewer: Viewer): Search {
  if ("filter" in selection) return searchOf(selection.filter, viewer);
  const all = searchOf({}, viewer);
  return "ids" in selection
    ? { ...all, ids: [...new Set(selection.ids.map((each) => each.toLowerCase()))] }
    : { ...all, listId: selection.list_id };
}
