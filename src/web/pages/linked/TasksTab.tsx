import { Button, Group, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Task } from "../../api/types.ts";
import { May } from "../../components/May.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { TaskDialog } from "../tasks/TaskDialog.tsx";
import { TaskList } from "../tasks/TaskList.tsx";

/** What is to be done for a contact, and what was. */
export function TasksTab({ contactId }: { contactId: string }) {
  const { t } = useTranslation("linked");
  const { t: tasks } = useTranslation("tasks");
  const [done, setDone] = useState<"true" | "false">("false");
  const [adding, add] = useDisclosure();
  const pages = usePages<Task>(["tasks", "of", contactId, done], (cursor) =>
    answer(
      api.GET("/api/v1/contacts/{id}/tasks", {
        params: { path: { id: contactId }, query: { limit: 30, cursor, done } },
      }),
    ),
  );
  return (
    <>
      <Group justify="space-between" mb="xs">
        <SegmentedControl
          aria-label={t("tasks.which")}
          value={done}
          data={[
            { value: "false", label: t("tasks.open") },
            { value: "true", label: t("tasks.done") },
          ]}
          onChange={(value) => setDone(value === "true" ? "true" : "false")}
        />
        <May permission="contacts.edit">
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={add.open}>
            {tasks("add")}
          </Button>
        </May>
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty title={t("tasks.empty")} />
      ) : (
        <TaskList pages={pages} />
      )}
      {adding && <TaskDialog contactId={contactId} onClose={add.close} />}
    </>
  );
}
