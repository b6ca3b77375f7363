import type { Tx } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import {
  holderOf,
  queueOnContacts,
  type Selection,
  selectContactsAfter,
} from "../contacts/index.ts";
import type { ListParts } from "./change-exclusions.ts";
import { type ListAct, listActOf } from "./list-acts.ts";
import { requireList } from "./require-list.ts";

/** Larger selections run as a job. */
export const atOnceAtMost = 10_000;

/**
 * Does the act at once, or queues a job for a selection of more than 10,000 contacts. Contacts
 * that are not there, or that the caller does not see, are counted as not found.
 */
export async function actOnSelection(
  tx: Tx,
  parts: ListParts,
  request: { act: ListAct; listId: string; selection: Selection; caller: Caller },
): Promise<{ counts: Record<string, number> } | { jobId: string }> {
  const { listId, selection, caller } = request;
  const { name } = await requireList(tx, listId);
  const act = listActOf(request.act, parts);
  const params = { list_id: listId, list_name: name };
  const holder = holderOf(caller);
  const contactIds = await selectContactsAfter(tx, holder.viewer, selection, {
    limit: atOnceAtMost + 1,
  });
  if (contactIds.length > atOnceAtMost) {
    return { jobId: await queueOnContacts(tx, act, { selection, params, caller }) };
  }
  const { counts } = await act.act(tx, { contactIds, params, holder });
  const asked =
    "ids" in selection
      ? new Set(selection.ids.map((id) => id.toLowerCase())).size
      : contactIds.length;
  return { counts: { ...counts, not_found: asked - contactIds.length } };
}
