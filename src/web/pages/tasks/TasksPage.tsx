import { Button, Group, NativeSelect, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChecklist, IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Task } from "../../api/types.ts";
import { May } from "../../components/May.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { type TaskSearch, taskOwners, taskViews } from "./routes.tsx";
import { TaskDialog } from "./TaskDialog.tsx";
import { TaskList } from "./TaskList.tsx";

const route = getRouteApi("/shell/tasks");

export function TasksPage() {
  const { t } = useTranslation("tasks");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, add] = useDisclosure();
  const { q, view, whose } = search;
  const pages = usePages<Task>(["tasks", search], (cursor) =>
    answer(
      api.GET("/api/v1/tasks", {
        params: {
          query: {
            limit: 50,
            cursor,
            q,
            assignee: whose === "everybody" ? undefined : (whose ?? "me"),
            due: view === "done" ? undefined : view,
            done: view === "done" ? "true" : "false",
          },
        },
      }),
    ),
  );
  const change = (next: TaskSearch) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <Page
      title={t("title")}
      description={t("description")}
      actions={
        <May permission="contacts.edit">
          <Button leftSection={<IconPlus size={16} />} onClick={add.open}>
            {t("add")}
          </Button>
        </May>
      }
    >
      <Group mb="md" gap="xs">
        <SearchField
          label={t("search")}
          placeholder={t("hint")}
          value={q ?? ""}
          onSearch={(text) => change({ q: text || undefined })}
          w={{ base: "100%", xs: 260 }}
        />
        <NativeSelect
          aria-label={t("whose")}
          value={whose ?? "me"}
          data={[
            { value: "me", label: t("mine") },
            { value: "everybody", label: t("everybody") },
            { value: "none", label: t("nobody") },
          ]}
          onChange={(event) =>
            change({ whose: taskOwners.find((each) => each === event.currentTarget.value) })
          }
        />
        <SegmentedControl
          aria-label={t("which")}
          value={view ?? "all"}
          data={["all" as const, ...taskViews].map((value) => ({
            value,
            label: t(`due.${value}`),
          }))}
          onChange={(value) => change({ view: taskViews.find((each) => each === value) })}
        />
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty icon={<IconChecklist size={40} stroke={1.4} />} title={t(q ? "noMatch" : "empty")}>
          {q ? null : t("emptyHint")}
        </Empty>
      ) : (
        <TaskList pages={pages} withContact />
      )}
      {adding && <TaskDialog onClose={add.close} />}
    </Page>
  );
}
