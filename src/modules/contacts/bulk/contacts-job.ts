import type { Tx } from "../../../kernel/database/index.ts";
import {
  addCounts,
  countDone,
  type DoneItem,
  enqueueJob,
  frozenBatch,
  type Job,
  type JobKind,
  listDone,
  type NewItem,
  runInBatches,
} from "../../../kernel/jobs/index.ts";
import type { Selection } from "../finding/filter.ts";
import { selectContactsAfter } from "../finding/select-contacts.ts";
import type { ContactResult, ContactsAct, ContactsResult, ContactsUndo } from "./contacts-act.ts";
import { freezeSelection } from "./freeze-selection.ts";
import { type Asker, askerOf, type Holder, holdPermission } from "./holder.ts";

/** What a job of a ContactsAct keeps of what was asked. */
export interface ContactsPayload {
  params: object;
  selection: Selection;
  asker: Asker;
  /** The newest contact that it can hold: contacts added after it was asked for stay out. */
  up_to: string;
}

interface UndoPayload {
  params: object;
  /** The job that is undone. */
  job_id: string;
  asker: Asker;
}

/** The jobs of an act, by kind: its own, and that which undoes it. */
export function contactsJobs<P extends object>(act: ContactsAct<P>): Record<string, JobKind> {
  const paramsOf = (job: Job) => (job.payload as unknown as ContactsPayload).params as P;
  const { undo } = act;
  const own: JobKind = {
    // Erasing a person takes away what was asked for with their words.
    title: (job) => (paramsOf(job) ? act.title(paramsOf(job)) : act.kind),
    run: (context) =>
      runInBatches<string>(context, {
        freeze: (tx, job) => freezeSelection(tx, job, act.batchSize),
        next: (tx, from, job) => frozenBatch(tx, job.id, from),
        async act(tx, batch, job) {
          const { asker } = job.payload as unknown as ContactsPayload;
          const holder = await holdPermission(tx, asker, act.permission, job);
          const { contactIds, missing } = await visibleAmong(tx, holder, batch.items);
          const done = await act.act(tx, { contactIds, params: paramsOf(job), holder });
          countAfterCommit(tx, job, done);
          const positions = new Map(
            batch.items.map((id, index) => [id, batch.next - batch.items.length + index]),
          );
          return {
            counts: { ...done.counts, not_found: missing.length },
            items: itemsOf([...done.results, ...missing], positions),
          };
        },
      }),
  };
  if (!undo) {
    return { [act.kind]: { ...own, ...(act.cannotUndo ? { cannotUndo: act.cannotUndo } : {}) } };
  }
  own.undo = {
    permission: undo.permission,
    start: (tx, job, caller) => {
      const payload: UndoPayload = {
        params: paramsOf(job),
        job_id: job.id,
        asker: askerOf(caller),
      };
      return enqueueJob(tx, {
        kind: undo.kind,
        payload: { ...payload },
        requestedBy: caller?.userId ?? null,
        undoes: job.id,
      });
    },
  };
  return { [act.kind]: own, [undo.kind]: undoKind(undo, act.batchSize) };
}

function undoKind<P extends object>(undo: ContactsUndo<P>, batchSize: number): JobKind {
  const payloadOf = (job: Job) => job.payload as unknown as UndoPayload;
  return {
    title: (job) => (payloadOf(job).params ? undo.title(payloadOf(job).params as P) : undo.kind),
    run: (context) =>
      runInBatches<DoneItem>(context, {
        freeze: (tx, job) => countDone(tx, payloadOf(job).job_id),
        async next(tx, from, job) {
          const items = await listDone(tx, payloadOf(job).job_id, { from, limit: batchSize });
          const last = items.at(-1);
          return last ? { items, next: last.position + 1 } : null;
        },
        async act(tx, batch, job) {
          const { asker, params, job_id: undone } = payloadOf(job);
          const holder = await holdPermission(tx, asker, undo.permission, job);
          const ids = batch.items.map((item) => item.subject_id);
          const { contactIds, missing } = await visibleAmong(tx, holder, ids);
          const visible = new Set(contactIds);
          const done = await undo.act(tx, {
            items: batch.items.filter((item) => visible.has(item.subject_id)),
            params: params as P,
            holder,
            because: `Undoing of job ${undone}`,
          });
          countAfterCommit(tx, job, done);
          const positions = new Map(batch.items.map((item) => [item.subject_id, item.position]));
          return {
            counts: { ...done.counts, not_found: missing.length },
            items: itemsOf([...done.results, ...missing], positions),
          };
        },
      }),
  };
}

/** Those that are live and that the holder sees; the others are the same to them, whatever the cause. */
export async function visibleAmong(
  tx: Tx,
  holder: Holder,
  ids: readonly string[],
): Promise<{ contactIds: string[]; missing: ContactResult[] }> {
  const selection = { ids: [...ids] };
  const contactIds = await selectContactsAfter(tx, holder.viewer, selection, { limit: ids.length });
  const visible = new Set(contactIds);
  const missing = ids
    .filter((id) => !visible.has(id))
    .map((contactId): ContactResult => ({ contactId, outcome: "skipped", reason: "not_found" }));
  return { contactIds, missing };
}

export function itemsOf(
  results: readonly ContactResult[],
  positions: ReadonlyMap<string, number>,
): NewItem[] {
  return results.map(({ contactId, outcome, reason, detail }) => ({
    position: positions.get(contactId) as number,
    subjectId: contactId,
    outcome,
    reason: reason ?? null,
    detail: detail ?? null,
  }));
}

function countAfterCommit(tx: Tx, job: Job, { afterCommit }: ContactsResult): void {
  if (!afterCommit) return;
  tx.afterCommit(async () => {
    const counts = Object.entries(afterCommit()).filter(([, count]) => count > 0);
    if (counts.length === 0) return;
    await tx.database.inWorkspace(tx.workspaceId, (after) =>
      addCounts(after, job.id, Object.fromEntries(counts)),
    );
  });
}
