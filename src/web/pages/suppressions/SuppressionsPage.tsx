import { Button, Group, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBan, IconDownload, IconFileImport, IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Suppression } from "../../api/types.ts";
import { DataTable } from "../../components/DataTable.tsx";
import { May } from "../../components/May.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { useSuppressionColumns } from "./columns.tsx";
import { HistoryDialog } from "./HistoryDialog.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { kinds, type SuppressionSearch } from "./routes.tsx";
import { SuppressDialog } from "./SuppressDialog.tsx";

const route = getRouteApi("/shell/suppressions");

export function SuppressionsPage() {
  const { t } = useTranslation("suppressions");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, add] = useDisclosure();
  const [importing, importList] = useDisclosure();
  const [looked, setLooked] = useState<string | null>(null);
  const columns = useSuppressionColumns(setLooked);
  const pages = usePages<Suppression>(["suppressions", "list", search], (cursor) =>
    answer(
      api.GET("/api/v1/suppressions", { params: { query: { limit: 100, cursor, ...search } } }),
    ),
  );
  const change = (next: Partial<SuppressionSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const filtered = search.q !== undefined || search.kind !== undefined;
  const actions = (
    <May permission="suppressions.view">
      <May permission="contacts.export">
        <Button
          variant="default"
          component="a"
          href={`/api/v1/suppressions/export${search.kind ? `?kind=${search.kind}` : ""}`}
          download="suppressions.csv"
          leftSection={<IconDownload size={16} />}
        >
          {t("export")}
        </Button>
      </May>
      <May permission="contacts.import">
        <Button
          variant="default"
          leftSection={<IconFileImport size={16} />}
          onClick={importList.open}
        >
          {t("import.button")}
        </Button>
      </May>
      <Button leftSection={<IconPlus size={16} />} onClick={add.open}>
        {t("add.button")}
      </Button>
    </May>
  );
  return (
    <Page title={t("title")} description={t("description")} actions={actions} fill>
      <Group mb="sm" gap="xs">
        <SearchField
          label={t("search")}
          placeholder={t("hint")}
          value={search.q ?? ""}
          onSearch={(q) => change({ q: q || undefined })}
          w={{ base: "100%", xs: 360 }}
        />
        <NativeSelect
          aria-label={t("kind")}
          value={search.kind ?? ""}
          data={[
            { value: "", label: t("every") },
            ...kinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
          ]}
          onChange={(event) =>
            change({ kind: kinds.find((each) => each === event.currentTarget.value) })
          }
        />
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconBan size={40} stroke={1.4} />}
          title={filtered ? t("noMatch") : t("empty")}
        >
          {filtered ? t("noMatchHint") : t("emptyHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={pages.items}
          rowId={(stop) => stop.id}
          onOpen={(stop) => setLooked(stop.address)}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
      {adding && <SuppressDialog onClose={add.close} />}
      {importing && <ImportDialog onClose={importList.close} />}
      {looked && <HistoryDialog address={looked} onClose={() => setLooked(null)} />}
    </Page>
  );
}
