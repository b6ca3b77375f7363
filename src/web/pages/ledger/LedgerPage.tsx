import { Anchor, Group, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconNotebook } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { LedgerEntry } from "../../api/types.ts";
import { DataTable } from "../../components/DataTable.tsx";
import { May } from "../../components/May.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { useLedgerColumns } from "./columns.tsx";
import { VerifyLedger } from "./VerifyLedger.tsx";

const route = getRouteApi("/shell/ledger");

export function LedgerPage() {
  const { t } = useTranslation("ledger");
  const { contact, act } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useLedgerColumns();
  const pages = usePages<LedgerEntry>(["ledger", { contact, act }], (cursor) =>
    answer(
      api.GET("/api/v1/ledger", {
        params: { query: { limit: 100, cursor, contact_id: contact, act: act || undefined } },
      }),
    ),
  );
  const filterByAct = useDebouncedCallback((value: string) => {
    void navigate({ search: (before) => ({ ...before, act: value || undefined }), replace: true });
  }, 250);
  return (
    <Page
      title={t("title")}
      description={t("description")}
      actions={
        <May permission="ledger.view">
          <VerifyLedger />
        </May>
      }
      fill
    >
      <Group mb="sm" align="flex-end">
        <TextInput
          label={t("filterByAct")}
          placeholder={t("filterHint")}
          defaultValue={act ?? ""}
          onChange={(event) => filterByAct(event.currentTarget.value.trim())}
        />
        {contact && (
          <Text size="sm">
            {t("oneContact")}{" "}
            <Anchor component={Link} to="/ledger" size="sm">
              {t("showAll")}
            </Anchor>
          </Text>
        )}
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconNotebook size={40} stroke={1.4} />}
          title={contact || act ? t("emptyFiltered") : t("empty")}
        >
          {contact || act ? t("emptyFilteredHint") : t("emptyHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={pages.items}
          rowId={(entry) => entry.id}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
    </Page>
  );
}
