import type { Tx } from "../../../kernel/database/index.ts";
import { findWorkspace } from "../../access/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { cutPage, readPosition } from "../cursor.ts";
import { countTasks, pageOfTasks, type Task } from "./queries.ts";
import { type Due, spanOf } from "./rules.ts";

export interface TaskRequest {
  contactId?: string;
  q?: string;
  assignee?: string;
  due?: Due;
  done: boolean;
  limit: number;
  cursor?: string;
  count: boolean;
}

/** A page of tasks on contacts that the viewer sees. Today is the workspace's; `me` is the viewer. */
export async function findTasks(
  tx: Tx,
  viewer: Viewer,
  request: TaskRequest,
): Promise<{ tasks: Task[]; next_cursor: string | null; count?: number }> {
  const { time_zone } = await findWorkspace(tx);
  const search = {
    contactId: request.contactId,
    q: request.q,
    assignee: request.assignee === "me" ? viewer.userId : request.assignee,
    done: request.done,
    ...spanOf(request.due, new Date(), time_zone),
  };
  const rows = await pageOfTasks(tx, viewer, search, {
    after: readPosition(request.cursor),
    limit: request.limit + 1,
  });
  const { shown, next_cursor } = cutPage(rows, request.limit, (task) => [
    (request.done ? task.done_at : task.due_at)?.toISOString() ?? null,
    task.id,
  ]);
  return {
    tasks: shown,
    next_cursor,
    ...(request.count ? { count: await countTasks(tx, viewer, search) } : {}),
  };
}
