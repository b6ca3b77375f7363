import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { freezeIds, type Job } from "../../../kernel/jobs/index.ts";
import { selectContactsAfter } from "../finding/select-contacts.ts";
import type { Viewer } from "../visibility.ts";
import type { ContactsPayload } from "./contacts-job.ts";
import { holderOf } from "./holder.ts";

export const selectionAtMost = 1_000_000;
const idsPerRead = 50_000;

/**
 * Freezes a job's selection as its batches: what it goes through no longer hangs on what it
 * changes, or on what others do meanwhile. Answers how many there are.
 * @throws HeedError selection_too_large
 */
export async function freezeSelection(tx: Tx, job: Job, batchSize: number): Promise<number> {
  const { selection, asker, up_to: upTo } = job.payload as unknown as ContactsPayload;
  if ("ids" in selection)
    return freezeIds(tx, job.id, givenIds(selection.ids), { size: batchSize });
  // As they saw it when they asked; what they may see now is asked again at each batch.
  const viewer: Viewer = asker
    ? { userId: asker.user_id, ownOnly: asker.own_only }
    : holderOf(null).viewer;
  let total = 0;
  for (let after: string | null = null; ; ) {
    const ids: string[] = await selectContactsAfter(tx, viewer, selection, {
      after,
      upTo,
      limit: idsPerRead,
    });
    total = await freezeIds(tx, job.id, ids, { first: total, size: batchSize });
    if (total > selectionAtMost) throw tooLarge();
    if (ids.length < idsPerRead) return total;
    after = ids.at(-1) as string;
  }
}

/** Ids as they were given, each once, in one order. */
export function givenIds(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
}

export function tooLarge(): HeedError {
  return new HeedError(
    "selection_too_large",
    `The selection holds more than ${selectionAtMost.toLocaleString("en")} contacts. Narrow it, and do the rest afterwards.`,
  );
}
