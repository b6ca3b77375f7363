import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { requireColleague } from "../colleague.ts";
import { type TaskFields, updateTask } from "./queries.ts";
import { requireTask } from "./require-task.ts";

export interface TaskChanges {
  title?: string;
  due_at?: Date | null;
  assignee_id?: string | null;
  done?: boolean;
}

/** Changes a task, says that it is done, or opens it again. Throws `not_found`. */
export async function editTask(
  tx: Tx,
  act: { taskId: string; changes: TaskChanges; viewer: Viewer; actor: Actor },
): Promise<void> {
  const { done, ...changes } = act.changes;
  const before = await requireTask(tx, act.viewer, act.taskId);
  await requireColleague(tx, "assignee_id", changes.assignee_id);
  const after: TaskFields = { ...before, ...changes };
  if (done === true && before.done_at === null) {
    after.done_at = new Date();
    after.done_by = act.viewer.userId;
  } else if (done === false) {
    after.done_at = null;
    after.done_by = null;
  }
  await updateTask(tx, before.id, after);
  const fields = Object.keys(changes);
  const acts = [
    ...(fields.length > 0 ? ["task.edited"] : []),
    ...(after.done_at && !before.done_at ? ["task.done"] : []),
    ...(!after.done_at && before.done_at ? ["task.reopened"] : []),
  ];
  await record(
    tx,
    ...acts.map((name) => ({
      act: name,
      actor: act.actor,
      contactId: before.contact_id,
      subjectId: before.id,
      ...(name === "task.edited" ? { detail: { fields } } : {}),
    })),
  );
}
