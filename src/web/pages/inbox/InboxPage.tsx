import { Drawer, Group, SegmentedControl } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import { DataTable } from "../../components/DataTable.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { useInboxColumns } from "./columns.tsx";
import { ReadMessage } from "./ReadMessage.tsx";
import { type InboxSearch, views } from "./routes.tsx";
import type { InboundMessage } from "./types.ts";

const route = getRouteApi("/shell/inbox");

/** What came in: doubtful answers first, each with what was understood, why, and what was done. */
export function InboxPage() {
  const { t } = useTranslation("inbox");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = search.view ?? "waiting";
  const query = {
    ...(view === "waiting" ? { state: "waiting" as const } : {}),
    ...(search.q ? { q: search.q } : {}),
  };
  const change = (next: Partial<InboxSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const columns = useInboxColumns((id) => change({ open: id }));
  const pages = usePages<InboundMessage>(
    ["inbox", "list", query],
    (cursor) =>
      answer(api.GET("/api/v1/inbox", { params: { query: { limit: 100, cursor, ...query } } })),
    { refetchInterval: 15_000 },
  );
  return (
    <Page title={t("title")} description={t("description")} fill>
      <Group mb="sm" gap="xs">
        <SegmentedControl
          aria-label={t("show")}
          value={view}
          data={views.map((value) => ({ value, label: t(`views.${value}`) }))}
          onChange={(value) => change({ view: views.find((each) => each === value) })}
        />
        <SearchField
          label={t("search")}
          placeholder={t("searchHint")}
          value={search.q ?? ""}
          onSearch={(q) => change({ q: q || undefined })}
          w={{ base: "100%", xs: 320 }}
        />
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconInbox size={40} stroke={1.4} />}
          title={search.q ? t("noMatch") : t(`empty.${view}`)}
        >
          {search.q ? t("noMatchHint") : t("emptyHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={pages.items}
          rowId={(message) => message.id}
          onOpen={(message) => change({ open: message.id })}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
      <Drawer
        opened={search.open !== undefined}
        onClose={() => change({ open: undefined })}
        position="right"
        size="lg"
        title={t("message")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        {search.open && <ReadMessage id={search.open} onDone={() => change({ open: undefined })} />}
      </Drawer>
    </Page>
  );
}
