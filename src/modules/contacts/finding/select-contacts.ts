import type { RawBuilder } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { Viewer } from "../visibility.ts";
import { type Selection, searchOfSelection } from "./filter.ts";
import { countUpTo, idsAfter, idsQuery } from "./queries.ts";

export const selectionAtMost = 1_000_000;

/**
 * The live contacts of a selection that the viewer sees, in order of id; what is not there or not
 * visible is left out. Throws `selection_too_large` beyond `atMost` (1,000,000).
 */
export async function selectContacts(
  tx: Tx,
  viewer: Viewer,
  selection: Selection,
  atMost: number = selectionAtMost,
): Promise<string[]> {
  const ids = await selectContactsAfter(tx, viewer, selection, { limit: atMost + 1 });
  if (ids.length <= atMost) return ids;
  throw new HeedError(
    "selection_too_large",
    `The selection holds more than ${atMost} contacts. Narrow it, and do the rest afterwards.`,
  );
}

/**
 * The next batch of a selection for a job: ids after `after`, none beyond `upTo` (an id made when
 * the job was asked for, so that it ends although contacts are still being added).
 */
export async function selectContactsAfter(
  tx: Tx,
  viewer: Viewer,
  selection: Selection,
  range: { after?: string | null; upTo?: string | null; limit: number },
): Promise<string[]> {
  return idsAfter(tx, searchOfSelection(selection, viewer), {
    after: range.after ?? null,
    upTo: range.upTo ?? null,
    limit: range.limit,
  });
}

/** How many contacts a selection holds for the viewer. */
export async function countSelection(
  tx: Tx,
  viewer: Viewer,
  selection: Selection,
): Promise<number> {
  return countUpTo(tx, searchOfSelection(selection, viewer), null);
}

/**
 * The same set as a query of `id` and `updated_at`, for statements that take a whole selection at
 * once. `withBin` counts those in the bin as well.
 */
export function selectionQuery(
  viewer: Viewer,
  selection: Selection,
  options: { withBin?: boolean } = {},
): RawBuilder<unknown> {
  return idsQuery(
    searchOfSelection(selection, viewer),
    options.withBin ? "contact" : "live_contact",
  );
}
