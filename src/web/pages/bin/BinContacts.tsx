import { Button, Group } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { BinnedContact } from "../../api/types.ts";
import { BulkBar } from "../../components/BulkBar.tsx";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { May } from "../../components/May.tsx";
import { nameOf } from "../../components/naming.ts";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { PlainTime } from "../../components/PlainTime.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { useSelection } from "../../components/selection.ts";
import { useFormats } from "../../i18n/format.ts";
import { PurgeDialog } from "./PurgeDialog.tsx";
import { RestoreDialog } from "./RestoreDialog.tsx";
import { useDeletionText } from "./use-deletion-text.ts";

interface BinContactsProps {
  /** Absent, the contacts of every deletion. */
  deletionId?: string;
  q: string;
  onSearch: (q: string) => void;
}

/** Contacts in the bin; ticked ones can be restored, or purged before their time. */
export function BinContacts({ deletionId, q, onSearch }: BinContactsProps) {
  const { t } = useTranslation("bin");
  const { moment } = useFormats();
  const text = useDeletionText();
  const selection = useSelection();
  const [act, setAct] = useState<"restore" | "purge" | null>(null);
  const pages = usePages<BinnedContact>(["bin", { q, deletionId }], (cursor) =>
    answer(
      api.GET("/api/v1/bin", {
        params: {
          query: {
            limit: 100,
            cursor,
            ...(q ? { q } : {}),
            ...(deletionId ? { deletion_id: deletionId } : {}),
            ...(cursor ? {} : { count: "true" as const }),
          },
        },
      }),
    ),
  );
  const { clear } = selection;
  // What was ticked in another found set is no longer meant.
  useEffect(clear, [q]);
  const chosen = pages.items.filter((contact) => selection.has(contact.contact_id));
  const columns: Column<BinnedContact>[] = [
    { key: "name", title: t("column.name"), cell: nameOf },
    { key: "email", title: t("column.email"), narrow: false, cell: ({ email }) => email },
    {
      key: "phone",
      title: t("column.phone"),
      width: "150px",
      narrow: false,
      cell: ({ phone }) => phone,
    },
    {
      key: "by",
      title: t("column.by"),
      width: "140px",
      narrow: false,
      cell: (contact) => text.who(contact.deleted_by),
    },
    {
      key: "when",
      title: t("column.deleted"),
      width: "180px",
      narrow: false,
      cell: ({ deleted_at: at }) => <PlainTime at={at} text={moment(at)} />,
    },
    {
      key: "until",
      title: t("column.until"),
      width: "180px",
      cell: ({ restorable_until: until }) => until && <PlainTime at={until} text={moment(until)} />,
    },
  ];
  return (
    <>
      <Group mb="sm">
        <SearchField
          label={t("search")}
          placeholder={t("searchHint")}
          value={q}
          onSearch={onSearch}
          w={{ base: "100%", xs: 300 }}
        />
      </Group>
      <BulkBar
        selection={selection}
        count={pages.count}
        loaded={pages.items.length}
        hasMore={pages.hasMore}
        everything={false}
      >
        <Button size="compact-sm" variant="default" onClick={() => setAct("restore")}>
          {t("restore.button")}
        </Button>
        <May permission="contacts.erase">
          <Button size="compact-sm" variant="default" onClick={() => setAct("purge")}>
            {t("purge.button")}
          </Button>
        </May>
      </BulkBar>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconTrash size={40} stroke={1.4} />}
          title={q ? t("noMatch") : t("noContacts")}
        >
          {!q && t("emptyHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("tabs.contacts")}
          columns={columns}
          rows={pages.items}
          rowId={(contact) => contact.contact_id}
          rowName={nameOf}
          selection={selection}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
      {act === "restore" && (
        <RestoreDialog contacts={chosen} onClose={() => setAct(null)} onDone={clear} />
      )}
      {act === "purge" && (
        <PurgeDialog
          what={{ selection: { ids: chosen.map((each) => each.contact_id) } }}
          count={chosen.length}
          onClose={() => setAct(null)}
          onDone={clear}
        />
      )}
    </>
  );
}
