import { type JobHandler, saveItems, saveProgress } from "../../kernel/jobs/index.ts";
import { countSelection, type Selection, selectContactsAfter } from "../contacts/index.ts";
import { type Asker, applyListAct, type ListAct, listActs } from "./bulk.ts";
import type { ListParts } from "./change-exclusions.ts";

const contactsPerBatch = 5_000;

interface Payload {
  list_id: string;
  selection: Selection;
  asker: Asker;
  /** The newest contact that the job can hold: it ends although contacts are still being added. */
  up_to: string;
}

/** A handler for each kind of list job. */
export function listJobs(parts: ListParts): Record<string, JobHandler> {
  return Object.fromEntries(listActs.map((act) => [act, handlerOf(act, parts)]));
}

/** Batches in order of contact id, each a transaction that also keeps the id it came to (J1). */
function handlerOf(act: ListAct, parts: ListParts): JobHandler {
  return async ({ db, workspaceId, job }) => {
    const { list_id: listId, selection, asker, up_to: upTo } = job.payload as unknown as Payload;
    const total =
      job.total ??
      (await db.inWorkspace(workspaceId, (tx) => countSelection(tx, asker.viewer, selection)));
    let after = (job.checkpoint.after as string | undefined) ?? null;
    let done = job.done;
    let counts = job.counts;
    for (;;) {
      const batch = await db.inWorkspace(workspaceId, async (tx) => {
        const range = { after, upTo, limit: contactsPerBatch };
        const contactIds = await selectContactsAfter(tx, asker.viewer, selection, range);
        const last = contactIds.at(-1);
        if (!last) return null;
        const outcome = await applyListAct(tx, parts, { act, listId, contactIds, asker });
        await saveItems(
          tx,
          job.id,
          outcome.skipped.map(({ contactId, reason }, index) => ({
            position: done + index,
            subjectId: contactId,
            outcome: "skipped",
            reason,
          })),
        );
        const progress = {
          done: done + contactIds.length,
          counts: sum(counts, outcome.counts),
          checkpoint: { after: last },
          total,
        };
        await saveProgress(tx, job.id, progress);
        return progress;
      });
      if (!batch) return;
      after = batch.checkpoint.after;
      ({ done, counts } = batch);
    }
  };
}

function sum(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]));
}
