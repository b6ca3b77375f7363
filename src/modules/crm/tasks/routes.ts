import { z } from "zod";
import {
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  rfc3339,
  rfc3339OrNull,
  route,
  time,
} from "../../../kernel/http/index.ts";
import { requireVisible } from "../../contacts/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { presentContactRef } from "../contact-ref.ts";
import { contactRefSchema, searched, title } from "../fields.ts";
import { addTask } from "./add-task.ts";
import { deleteTask } from "./delete-task.ts";
import { editTask } from "./edit-task.ts";
import { findTasks } from "./find-tasks.ts";
import type { Task } from "./queries.ts";
import { requireTask } from "./require-task.ts";
import { dueChoices } from "./rules.ts";

const tag = "Tasks";
const taskSchema = z.object({
  id,
  contact: contactRefSchema,
  title: z.string(),
  due_at: time.nullable(),
  done_at: time.nullable(),
  done_by: id.nullable(),
  assignee_id: id.nullable(),
  author_id: id.nullable(),
  created_at: time,
  updated_at: time,
});
const moment = time.nullable().transform((value) => (value === null ? null : new Date(value)));
const query = pageQuery.extend({
  q: searched,
  assignee: z.union([id, z.enum(["me", "none"])]).optional(),
  due: z.enum(dueChoices).optional().describe("Today is the day of the workspace's time zone"),
  done: z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true"),
});

function present(task: Task): z.input<typeof taskSchema> {
  return {
    id: task.id,
    contact: presentContactRef(task),
    title: task.title,
    due_at: rfc3339OrNull(task.due_at),
    done_at: rfc3339OrNull(task.done_at),
    done_by: task.done_by,
    assignee_id: task.assignee_id,
    author_id: task.author_id,
    created_at: rfc3339(task.created_at),
    updated_at: rfc3339(task.updated_at),
  };
}

export const taskRoutes: Route[] = [
  route({
    method: "GET",
    path: "/tasks",
    permission: "contacts.view",
    summary: "Open tasks by when they are due; with done=true the done ones, the latest first",
    tag,
    query,
    response: page(taskSchema),
    async handler({ tx, caller, query }) {
      const { tasks, ...rest } = await findTasks(tx, caller, query);
      return { items: tasks.map(present), ...rest };
    },
  }),
  route({
    method: "GET",
    path: "/contacts/:id/tasks",
    permission: "contacts.view",
    summary: "A contact's tasks",
    tag,
    params: idParams,
    query,
    response: page(taskSchema),
    async handler({ tx, caller, params, query }) {
      await requireVisible(tx, caller, params.id);
      const { tasks, ...rest } = await findTasks(tx, caller, { ...query, contactId: params.id });
      return { items: tasks.map(present), ...rest };
    },
  }),
  route({
    method: "POST",
    path: "/contacts/:id/tasks",
    permission: "contacts.edit",
    summary: "Add a task on a contact; without an assignee it is the caller's",
    tag,
    params: idParams,
    body: z.object({ title, due_at: moment.default(null), assignee_id: id.nullish() }),
    response: taskSchema,
    status: 201,
    async handler({ tx, caller, params, body }) {
      await requireVisible(tx, caller, params.id);
      const taskId = await addTask(tx, {
        contactId: params.id,
        task: {
          title: body.title,
          dueAt: body.due_at,
          assigneeId: body.assignee_id === undefined ? caller.userId : body.assignee_id,
        },
        authorId: caller.userId,
        actor: actorOf(caller),
      });
      return present(await requireTask(tx, caller, taskId));
    },
  }),
  route({
    method: "GET",
    path: "/tasks/:id",
    permission: "contacts.view",
    summary: "One task",
    tag,
    params: idParams,
    response: taskSchema,
    handler: async ({ tx, caller, params }) => present(await requireTask(tx, caller, params.id)),
  }),
  route({
    method: "PATCH",
    path: "/tasks/:id",
    permission: "contacts.edit",
    summary: "Change a task; done says that it is done, or opens it again",
    tag,
    params: idParams,
    body: z
      .object({ title, due_at: moment, assignee_id: id.nullable(), done: z.boolean() })
      .partial(),
    response: taskSchema,
    async handler({ tx, caller, params, body }) {
      await editTask(tx, {
        taskId: params.id,
        changes: body,
        viewer: caller,
        actor: actorOf(caller),
      });
      return present(await requireTask(tx, caller, params.id));
    },
  }),
  route({
    method: "DELETE",
    path: "/tasks/:id",
    permission: "contacts.edit",
    summary: "Delete a task for good",
    tag,
    params: idParams,
    handler: ({ tx, caller, params }) =>
      deleteTask(tx, { taskId: params.id, viewer: caller, actor: actorOf(caller) }),
  }),
];
