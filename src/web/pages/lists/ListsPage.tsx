import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLayoutList, IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { List } from "../../api/types.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { May } from "../../components/May.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { useFormats } from "../../i18n/format.ts";
import { ListNameDialog } from "./ListNameDialog.tsx";

const route = getRouteApi("/shell/lists");

export function ListsPage() {
  const { t } = useTranslation("lists");
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, { open, close }] = useDisclosure();
  const columns = useListColumns();
  const pages = usePages<List>(["lists", "list", { q }], (cursor) =>
    answer(api.GET("/api/v1/lists", { params: { query: { limit: 100, cursor, q } } })),
  );
  const create = (
    <May permission="lists.edit">
      <Button leftSection={<IconPlus size={16} />} onClick={open}>
        {t("newList")}
      </Button>
    </May>
  );
  return (
    <Page title={t("title")} description={t("description")} actions={create} fill>
      <Group mb="sm">
        <SearchField
          label={t("search")}
          placeholder={t("search")}
          value={q ?? ""}
          onSearch={(next) => void navigate({ search: next ? { q: next } : {}, replace: true })}
          w={{ base: "100%", xs: 300 }}
        />
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconLayoutList size={40} stroke={1.4} />}
          title={q ? t("emptyFiltered") : t("empty")}
        >
          {!q && t("emptyHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={pages.items}
          rowId={(list) => list.id}
          rowName={(list) => list.name}
          onOpen={(list) =>
            void navigate({ to: "/lists/$id", params: { id: list.id }, search: {} })
          }
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
      {creating && <ListNameDialog onClose={close} />}
    </Page>
  );
}

function useListColumns(): Column<List>[] {
  const { t } = useTranslation("lists");
  const { number, day } = useFormats();
  return useMemo(
    () => [
      {
        key: "name",
        title: t("name"),
        cell: (list) => (
          <RowLink to={`/lists/${list.id}`} title={list.name}>
            {list.name}
          </RowLink>
        ),
      },
      {
        key: "members",
        title: t("members"),
        width: "120px",
        align: "right",
        cell: (list) => number(list.member_count),
      },
      {
        key: "exclusions",
        title: t("exclusions"),
        width: "130px",
        align: "right",
        narrow: false,
        cell: (list) => number(list.exclusion_count),
      },
      {
        key: "created",
        title: t("created"),
        width: "150px",
        narrow: false,
        cell: (list) => <time dateTime={list.created_at}>{day(list.created_at)}</time>,
      },
    ],
    [t, number, day],
  );
}
