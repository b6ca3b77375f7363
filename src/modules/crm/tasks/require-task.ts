import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { Viewer } from "../../contacts/index.ts";
import { selectTask, type Task } from "./queries.ts";

/** The task, or `not_found`: also when its contact is in the bin or not the viewer's to see. */
export async function requireTask(tx: Tx, viewer: Viewer, taskId: string): Promise<Task> {
  const task = await selectTask(tx, viewer, taskId);
  if (!task) throw new HeedError("not_found", "There is no such task.");
  return task;
}
