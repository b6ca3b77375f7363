import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import { createdAt } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { requireColleague } from "../colleague.ts";
import { insertTask } from "./queries.ts";

export interface NewTask {
  title: string;
  dueAt: Date | null;
  assigneeId: string | null;
}

/** Adds a task on a contact that the caller has checked to be visible; returns its id. */
export async function addTask(
  tx: Tx,
  act: {
    contactId: string;
    task: NewTask;
    authorId: string | null;
    actor: Actor;
  },
): Promise<string> {
  await requireColleague(tx, "assignee_id", act.task.assigneeId);
  const id = newId();
  await insertTask(tx, {
    id,
    contact_id: act.contactId,
    title: act.task.title,
    due_at: act.task.dueAt,
    done_at: null,
    done_by: null,
    assignee_id: act.task.assigneeId,
    author_id: act.authorId,
    created_at: createdAt(id),
  });
  await record(tx, {
    act: "task.added",
    actor: act.actor,
    contactId: act.contactId,
    subjectId: id,
    detail: { assignee_id: act.task.assigneeId },
  });
  return id;
}
