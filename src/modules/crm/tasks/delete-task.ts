import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { removeTask } from "./queries.ts";
import { requireTask } from "./require-task.ts";

/** Deletes a task for good. Throws `not_found`. */
export async function deleteTask(
  tx: Tx,
  act: { taskId: string; viewer: Viewer; actor: Actor },
): Promise<void> {
  const task = await requireTask(tx, act.viewer, act.taskId);
  await removeTask(tx, task.id);
  await record(tx, {
    act: "task.deleted",
    actor: act.actor,
    contactId: task.contact_id,
    subjectId: task.id,
  });
}
