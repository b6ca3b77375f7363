import { Button, Select, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Task } from "../../api/types.ts";
import { useUserChoices } from "../../api/users.ts";
import { useMe } from "../../app/session.tsx";
import { ContactChoice } from "../../components/ContactChoice.tsx";
import { DeleteDialog } from "../../components/DeleteDialog.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { toInstant, toWall } from "../../i18n/wall-clock.ts";
import { changedByTasks } from "./changes.ts";

interface TaskDialogProps {
  /** The task to change; absent, a new one. */
  task?: Task;
  /** Whom a new one is for; absent, the dialog asks. */
  contactId?: string;
  onClose: () => void;
}

/** Adds a task or changes one. Its time is the workspace's. */
export function TaskDialog({ task, contactId, onClose }: TaskDialogProps) {
  const { t } = useTranslation("tasks");
  const { t: common } = useTranslation();
  const me = useMe();
  const zone = me.workspace.time_zone;
  const users = useUserChoices();
  const [title, setTitle] = useState(task?.title ?? "");
  const [due, setDue] = useState(task?.due_at ? toWall(task.due_at, zone) : null);
  const [assignee, setAssignee] = useState(task ? task.assignee_id : me.user.id);
  const [contact, setContact] = useState(contactId ?? null);
  const [tried, setTried] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const save = useAct({
    act: async () => {
      const body = {
        title: title.trim(),
        due_at: due === null ? null : toInstant(due, zone),
        assignee_id: assignee,
      };
      return task
        ? answer(api.PATCH("/api/v1/tasks/{id}", { params: { path: { id: task.id } }, body }))
        : answer(
            api.POST("/api/v1/contacts/{id}/tasks", {
              params: { path: { id: contact ?? "" } },
              body,
            }),
          );
    },
    changes: changedByTasks,
    done: t("saved"),
    ownError: true,
    onDone: onClose,
  });
  const asksContact = !task && !contactId;
  const submit = () => {
    setTried(true);
    if (title.trim() !== "" && (!asksContact || contact !== null)) save.mutate();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(task ? "editTitle" : "addTitle")}
      submit={common(task ? "save" : "add")}
      pending={save.isPending}
      error={save.error}
      onSubmit={submit}
    >
      <TextInput
        label={t("fields.title")}
        required
        data-autofocus
        maxLength={300}
        value={title}
        error={tried && title.trim() === "" && t("needTitle")}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {asksContact && (
        <ContactChoice
          label={t("fields.contact")}
          value={contact}
          onChange={setContact}
          nothingFound={t("fields.nobody")}
          {...(tried && contact === null ? { description: t("needContact") } : {})}
        />
      )}
      <DateTimePicker
        label={t("fields.due")}
        description={zone}
        value={due}
        onChange={setDue}
        valueFormat="YYYY-MM-DD HH:mm"
        clearable
      />
      <Select
        label={t("assignee")}
        placeholder={t("noAssignee")}
        data={users}
        value={assignee}
        onChange={setAssignee}
        searchable
        clearable
      />
      {task && (
        <Button variant="subtle" color="red" c="var(--heed-red)" onClick={() => setDeleting(true)}>
          {t("deleteTitle")}
        </Button>
      )}
      {task && deleting && (
        <DeleteDialog
          title={t("deleteTitle")}
          text={t("deleteText", { title: task.title })}
          act={() =>
            answer(api.DELETE("/api/v1/tasks/{id}", { params: { path: { id: task.id } } }))
          }
          changes={changedByTasks}
          done={t("deleted")}
          onClose={() => setDeleting(false)}
          onDone={onClose}
        />
      )}
    </FormDialog>
  );
}
