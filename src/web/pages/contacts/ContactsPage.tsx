import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDownload, IconPlus, IconUserSearch } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Contact, ContactQuery } from "../../api/types.ts";
import { useMe } from "../../app/session.tsx";
import { ColumnChoice } from "../../components/ColumnChoice.tsx";
import { DataTable } from "../../components/DataTable.tsx";
import { May } from "../../components/May.tsx";
import { nameOf } from "../../components/naming.ts";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { useSelection } from "../../components/selection.ts";
import { useChosenColumns } from "../../components/use-columns.ts";
import { useFormats } from "../../i18n/format.ts";
import { ContactBulkBar } from "./ContactBulkBar.tsx";
import { ContactFilters } from "./ContactFilters.tsx";
import { ContactsMenu } from "./ContactsMenu.tsx";
import { firstColumns, useContactColumns } from "./columns.tsx";
import { exportAddress } from "./export.ts";
import { FirstRun } from "./FirstRun.tsx";
import { NewContactDialog } from "./NewContactDialog.tsx";
import { type ContactSearch, conditionsIn, queryOf } from "./search.ts";

const route = getRouteApi("/shell/contacts");

export function ContactsPage() {
  const { t } = useTranslation("contacts");
  const { number } = useFormats();
  const me = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, { open: create, close: closeCreate }] = useDisclosure();
  const selection = useSelection();
  const columns = useContactColumns();
  const { shown, chosen, toggle } = useChosenColumns("contacts", columns, firstColumns);
  // One array for one choice: the rows are drawn again whenever it is another.
  const withName = useMemo(() => {
    const [name, ...rest] = columns;
    return name ? [name, ...rest.filter((column) => shown.includes(column))] : [];
  }, [columns, shown]);
  const query = queryOf(search);
  const pages = usePages<Contact>(["contacts", "list", query], (cursor) =>
    answer(
      api.GET("/api/v1/contacts", {
        params: {
          query: { ...query, limit: 100, cursor, ...(cursor ? {} : { count: "true" as const }) },
        },
      }),
    ),
  );
  const change = (next: Partial<ContactSearch>) => {
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  };
  const filtered = Boolean(search.q) || conditionsIn(search) > 0;
  const filterKey = JSON.stringify(query);
  // What was ticked in another found set is no longer meant.
  useEffect(() => selection.clear(), [filterKey]);
  const counted = pages.count === undefined ? undefined : number(pages.count);

  return (
    <Page
      title={t("title")}
      fill
      description={
        <>
          {counted !== undefined &&
            (pages.estimated
              ? t("countedAbout", { formatted: counted })
              : t("counted", { count: pages.count ?? 0, formatted: counted }))}
          {me.own_only && ` · ${t("own")}`}
        </>
      }
      actions={
        <>
          <May permission="contacts.export">
            <Button
              variant="default"
              component="a"
              href={exportAddress(search)}
              download="contacts.csv"
              title={t("exportHint")}
              leftSection={<IconDownload size={16} />}
            >
              {t("export")}
            </Button>
          </May>
          <May permission="contacts.edit">
            <Button leftSection={<IconPlus size={16} />} onClick={create}>
              {t("newContact")}
            </Button>
          </May>
          <ContactsMenu />
        </>
      }
    >
      <Group mb="sm" gap="xs">
        <SearchField
          label={t("searchLabel")}
          placeholder={t("searchHint")}
          value={search.q ?? ""}
          onSearch={(q) => change({ q: q || undefined })}
          w={{ base: "100%", xs: 300 }}
        />
        <ContactFilters search={search} onChange={change} />
        <ColumnChoice columns={columns.slice(1)} chosen={chosen} toggle={toggle} />
      </Group>
      <ContactBulkBar
        selection={selection}
        search={search}
        count={pages.count}
        estimated={pages.estimated}
        loaded={pages.items.length}
        hasMore={pages.hasMore}
      />
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 && !filtered ? (
        <FirstRun onCreate={create} />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconUserSearch size={40} stroke={1.4} />}
          title={t("empty")}
          actions={
            <Button variant="default" onClick={() => void navigate({ search: {} })}>
              {t("filters.clear")}
            </Button>
          }
        >
          {t("emptyHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("title")}
          columns={withName}
          rows={pages.items}
          rowId={(contact) => contact.id}
          rowName={nameOf}
          selection={selection}
          sort={search.sort ?? "-created_at"}
          onSort={(sort) => change({ sort: sort as ContactQuery["sort"] })}
          onOpen={(contact) => void navigate({ to: "/contacts/$id", params: { id: contact.id } })}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
      {creating && <NewContactDialog onClose={closeCreate} />}
    </Page>
  );
}
