import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import type { NamedRow } from "../contact-ref.ts";
import type { Position } from "../cursor.ts";
import { contactName, mentions, seenBy } from "../shared-queries.ts";

export interface TaskFields {
  title: string;
  due_at: Date | null;
  done_at: Date | null;
  done_by: string | null;
  assignee_id: string | null;
}

export interface Task extends TaskFields, NamedRow {
  id: string;
  contact_id: string;
  author_id: string | null;
  created_at: Date;
  updated_at: Date;
}

const selectTasks = sql`
  SELECT t.id, t.contact_id, t.title, t.due_at, t.done_at, t.done_by, t.assignee_id, t.author_id,
    t.created_at, t.updated_at, ${contactName}
  FROM task t JOIN live_contact c ON c.id = t.contact_id`;

export async function insertTask(
  tx: Tx,
  task: TaskFields & { id: string; contact_id: string; author_id: string | null; created_at: Date },
): Promise<void> {
  await sql`
    INSERT INTO task (workspace_id, id, contact_id, title, due_at, done_at, done_by, assignee_id, author_id, created_at, updated_at)
    VALUES (${tx.workspaceId}, ${task.id}, ${task.contact_id}, ${task.title}, ${task.due_at}, ${task.done_at}, ${task.done_by},
      ${task.assignee_id}, ${task.author_id}, ${task.created_at}, ${task.created_at})`.execute(tx);
}

/** A task on a contact that the viewer sees. */
export async function selectTask(tx: Tx, viewer: Viewer, id: string): Promise<Task | undefined> {
  const { rows } = await sql<Task>`${selectTasks} WHERE t.id = ${id} AND ${seenBy(viewer)}`.execute(
    tx,
  );
  return rows[0];
}

export interface TaskSearch {
  contactId?: string;
  q?: string;
  /** A user, `none` for nobody, or everybody's. */
  assignee?: string;
  done: boolean;
  dueFrom: Date | null;
  dueBefore: Date | null;
}

/** Open tasks by when they are due, those without a date last; done ones, the latest first. */
export async function pageOfTasks(
  tx: Tx,
  viewer: Viewer,
  search: TaskSearch,
  page: { after: Position | null; limit: number },
): Promise<Task[]> {
  const { after } = page;
  const key = search.done ? sql`t.done_at` : sql`coalesce(t.due_at, 'infinity')`;
  const begins = after
    ? search.done
      ? sql`(t.done_at, t.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql`(${key}, t.id) > (coalesce(${after.at}::timestamptz, 'infinity'), ${after.id}::uuid)`
    : sql`true`;
  const direction = search.done ? sql`DESC` : sql`ASC`;
  const { rows } = await sql<Task>`
    ${selectTasks}
    WHERE ${sql.join(conditions(viewer, search), sql` AND `)} AND ${begins}
    ORDER BY ${key} ${direction}, t.id ${direction} LIMIT ${page.limit}`.execute(tx);
  return rows;
}

export async function countTasks(tx: Tx, viewer: Viewer, search: TaskSearch): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM task t JOIN live_contact c ON c.id = t.contact_id
    WHERE ${sql.join(conditions(viewer, search), sql` AND `)}`.execute(tx);
  return rows[0]?.count ?? 0;
}

function conditions(viewer: Viewer, search: TaskSearch): RawBuilder<unknown>[] {
  const all = [
    seenBy(viewer),
    search.done ? sql`t.done_at IS NOT NULL` : sql`t.done_at IS NULL`,
    mentions(search.q, [sql`t.title`]),
  ];
  if (search.contactId) all.push(sql`t.contact_id = ${search.contactId}`);
  if (search.assignee === "none") all.push(sql`t.assignee_id IS NULL`);
  else if (search.assignee) all.push(sql`t.assignee_id = ${search.assignee}`);
  if (search.dueFrom) all.push(sql`t.due_at >= ${search.dueFrom}`);
  if (search.dueBefore) all.push(sql`t.due_at < ${search.dueBefore}`);
  return all;
}

export async function updateTask(tx: Tx, id: string, task: TaskFields): Promise<void> {
  await sql`
    UPDATE task SET title = ${task.title}, due_at = ${task.due_at}, done_at = ${task.done_at}, done_by = ${task.done_by},
      assignee_id = ${task.assignee_id}, updated_at = clock_timestamp()
    WHERE id = ${id}`.execute(tx);
}

export async function removeTask(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM task WHERE id = ${id}`.execute(tx);
}
