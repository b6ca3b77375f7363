import { ActionIcon, Anchor, Button, Checkbox, Group, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Pages } from "../../api/pages.ts";
import type { Task } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { useMay } from "../../app/session.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";
import classes from "../linked/Linked.module.css";
import { changedByTasks } from "./changes.ts";
import { TaskDialog } from "./TaskDialog.tsx";

/** Tasks with a box to tick, when they are due and whose they are. */
export function TaskList({ pages, withContact }: { pages: Pages<Task>; withContact?: boolean }) {
  const { t } = useTranslation("tasks");
  const [editing, setEditing] = useState<Task | null>(null);
  return (
    <>
      <ul className={classes.items}>
        {pages.items.map((task) => (
          <TaskItem
            key={task.id}
            task={task}
            withContact={withContact ?? false}
            onEdit={() => setEditing(task)}
          />
        ))}
      </ul>
      {pages.hasMore && (
        <Button mt="sm" variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {t("more")}
        </Button>
      )}
      {editing && <TaskDialog task={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

interface TaskItemProps {
  task: Task;
  withContact: boolean;
  onEdit: () => void;
}

function TaskItem({ task, withContact, onEdit }: TaskItemProps) {
  const { t } = useTranslation("tasks");
  const { t: common } = useTranslation();
  const { moment } = useFormats();
  const userName = useUserNames();
  const mayEdit = useMay()("contacts.edit");
  const isDone = task.done_at !== null;
  const late = !isDone && task.due_at !== null && Date.parse(task.due_at) < Date.now();
  const tick = useAct({
    act: (done: boolean) =>
      answer(
        api.PATCH("/api/v1/tasks/{id}", { params: { path: { id: task.id } }, body: { done } }),
      ),
    changes: changedByTasks,
    done: (_, done) => t(done ? "finished" : "reopened", { title: task.title }),
  });
  const when =
    task.done_at !== null
      ? `${t("doneAt")} ${moment(task.done_at)}`
      : task.due_at === null
        ? t("noDate")
        : moment(task.due_at);
  const assignee = task.assignee_id
    ? (userName(task.assignee_id) ?? common("someone"))
    : t("noAssignee");
  return (
    <li>
      <Group wrap="nowrap" gap="sm" align="flex-start">
        <Checkbox
          aria-label={t("markDone", { title: task.title })}
          checked={isDone}
          disabled={!mayEdit || tick.isPending}
          onChange={(event) => tick.mutate(event.currentTarget.checked)}
          mt={2}
        />
        <div className={classes.main}>
          <Text fw={600} size="sm" td={isDone ? "line-through" : undefined}>
            {task.title}
          </Text>
          <Text size="sm" c="dimmed">
            <span className={late ? classes.late : undefined}>
              {when}
              {late && ` (${t("late")})`}
            </span>
            {` · ${assignee}`}
            {withContact && " · "}
            {withContact && (
              <Anchor
                component={RowLink}
                to={`/contacts/${task.contact.id}?tab=tasks`}
                inherit
                underline="always"
              >
                {task.contact.name}
              </Anchor>
            )}
          </Text>
        </div>
        {mayEdit && (
          <ActionIcon
            variant="subtle"
            color="gray"
            c="inherit"
            aria-label={`${common("edit")}: ${task.title}`}
            onClick={onEdit}
          >
            <IconPencil size={16} />
          </ActionIcon>
        )}
      </Group>
    </li>
  );
}
