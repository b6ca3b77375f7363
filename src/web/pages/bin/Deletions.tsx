import { IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Deletion } from "../../api/types.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { PlainTime } from "../../components/PlainTime.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";
import { useDeletionText } from "./use-deletion-text.ts";

/** Every deletion: what, by whom, where it stands and until when it can be restored. */
export function Deletions() {
  const { t } = useTranslation("bin");
  const navigate = useNavigate();
  const { moment, number } = useFormats();
  const text = useDeletionText();
  const pages = usePages<Deletion>(["deletions", "list"], (cursor) =>
    answer(api.GET("/api/v1/deletions", { params: { query: { limit: 100, cursor } } })),
  );
  const columns: Column<Deletion>[] = [
    {
      key: "what",
      title: t("column.what"),
      cell: (deletion) => <RowLink to={`/bin/${deletion.id}`}>{text.what(deletion)}</RowLink>,
    },
    { key: "state", title: t("column.state"), width: "170px", cell: text.state },
    {
      key: "who",
      title: t("column.by"),
      width: "150px",
      narrow: false,
      cell: (deletion) => text.who(deletion.requested_by),
    },
    {
      key: "when",
      title: t("column.when"),
      width: "180px",
      narrow: false,
      cell: ({ confirmed_at: at }) => at && <PlainTime at={at} text={moment(at)} />,
    },
    {
      key: "in",
      title: t("column.inBin"),
      width: "110px",
      align: "right",
      narrow: false,
      cell: (deletion) => number(deletion.in_bin),
    },
    {
      key: "until",
      title: t("column.until"),
      width: "180px",
      narrow: false,
      cell: ({ restorable, restorable_until: until }) =>
        restorable && until ? <PlainTime at={until} text={moment(until)} /> : t("notRestorable"),
    },
  ];
  if (pages.error) return <Failure error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <Loading />;
  if (pages.items.length === 0) {
    return (
      <Empty icon={<IconTrash size={40} stroke={1.4} />} title={t("empty")}>
        {t("emptyHint")}
      </Empty>
    );
  }
  return (
    <DataTable
      label={t("tabs.deletions")}
      columns={columns}
      rows={pages.items}
      rowId={(deletion) => deletion.id}
      onOpen={({ id }) => void navigate({ to: "/bin/$id", params: { id } })}
      hasMore={pages.hasMore}
      isFetchingMore={pages.isFetchingMore}
      fetchMore={pages.fetchMore}
    />
  );
}
