import type { Tx } from "../../../kernel/database/index.ts";
import type { Caller } from "../../../kernel/http/index.ts";
import { newId } from "../../../kernel/ids.ts";
import { enqueueJob, recordJob, saveItems } from "../../../kernel/jobs/index.ts";
import type { Selection } from "../finding/filter.ts";
import { countSelection, selectContactsAfter } from "../finding/select-contacts.ts";
import type { ContactResult, ContactsAct } from "./contacts-act.ts";
import { type ContactsPayload, itemsOf, visibleAmong } from "./contacts-job.ts";
import { givenIds, selectionAtMost, tooLarge } from "./freeze-selection.ts";
import { askerOf, holderOf } from "./holder.ts";

/** Larger selections run as a job. */
export const atOnceAtMost = 200;

/** What was done at once; recorded as a finished job, so that it is listed and undone like any other. */
export interface DoneAtOnce {
  jobId: string;
  counts: Record<string, number>;
  items: readonly ContactResult[];
  /** Counts that are known only after the commit. */
  afterCommit: () => Record<string, number>;
}

/** Does the act at once to at most 200 contacts, or queues a job for more (up to 1,000,000). */
export async function actOnContacts<P extends object>(
  tx: Tx,
  act: ContactsAct<P>,
  request: { selection: Selection; params: P; caller: Caller | null },
): Promise<DoneAtOnce | { jobId: string }> {
  const { selection, params, caller } = request;
  const holder = holderOf(caller);
  const requestedBy = holder.userId;
  const ids =
    "ids" in selection
      ? givenIds(selection.ids)
      : await selectContactsAfter(tx, holder.viewer, selection, { limit: atOnceAtMost + 1 });
  if (ids.length > atOnceAtMost) {
    return { jobId: await queueOnContacts(tx, act, request) };
  }
  const { contactIds, missing } = await visibleAmong(tx, holder, ids);
  const done = await act.act(tx, { contactIds, params, holder });
  const items = [...done.results, ...missing];
  const counts = { ...done.counts, not_found: missing.length };
  const jobId = await recordJob(tx, {
    kind: act.kind,
    payload: { params, asker: askerOf(caller) },
    requestedBy,
    total: ids.length,
    counts,
  });
  await saveItems(tx, jobId, itemsOf(items, new Map(ids.map((id, index) => [id, index]))));
  return { jobId, counts, items, afterCommit: done.afterCommit ?? (() => ({})) };
}

/** Queues the act as a job, however many contacts it goes to. @throws HeedError selection_too_large */
export async function queueOnContacts<P extends object>(
  tx: Tx,
  act: ContactsAct<P>,
  request: { selection: Selection; params: P; caller: Caller | null },
): Promise<string> {
  const { selection, params, caller } = request;
  const { viewer, userId } = holderOf(caller);
  const total =
    "ids" in selection
      ? givenIds(selection.ids).length
      : await countSelection(tx, viewer, selection);
  if (total > selectionAtMost) throw tooLarge();
  const payload: ContactsPayload = {
    params,
    selection,
    asker: askerOf(caller),
    up_to: newId(),
  };
  return enqueueJob(tx, {
    kind: act.kind,
    payload: { ...payload },
    requestedBy: userId,
    total,
  });
}
