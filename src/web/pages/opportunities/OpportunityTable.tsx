import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Opportunity, Pipeline } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";
import linked from "../linked/Linked.module.css";
import { OpportunityDialog } from "./OpportunityDialog.tsx";

interface OpportunityTableProps {
  pipeline: Pipeline;
  q: string | undefined;
  owner: "me" | "none" | undefined;
}

/** A pipeline's opportunities as a list, the newest first. */
export function OpportunityTable({ pipeline, q, owner }: OpportunityTableProps) {
  const { t } = useTranslation("opportunities");
  const [opened, setOpened] = useState<Opportunity | null>(null);
  const columns = useOpportunityColumns(setOpened);
  const pages = usePages<Opportunity>(["opportunities", "list", pipeline.id, q, owner], (cursor) =>
    answer(
      api.GET("/api/v1/opportunities", {
        params: { query: { limit: 100, cursor, pipeline_id: pipeline.id, q, owner_id: owner } },
      }),
    ),
  );
  if (pages.error) return <Failure error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <Loading />;
  if (pages.items.length === 0) {
    return <Empty title={t(q || owner ? "noMatch" : "empty")}>{t("emptyHint")}</Empty>;
  }
  return (
    <>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={pages.items}
        rowId={(each) => each.id}
        onOpen={setOpened}
        hasMore={pages.hasMore}
        isFetchingMore={pages.isFetchingMore}
        fetchMore={pages.fetchMore}
      />
      {opened && (
        <OpportunityDialog
          pipeline={pipeline}
          opportunity={opened}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

function useOpportunityColumns(open: (opportunity: Opportunity) => void): Column<Opportunity>[] {
  const { t } = useTranslation("opportunities");
  const { money, date } = useFormats();
  const userName = useUserNames();
  return useMemo(
    () => [
      {
        key: "title",
        title: t("fields.title"),
        cell: (each) => (
          <button type="button" className={linked.link} onClick={() => open(each)}>
            {each.title}
          </button>
        ),
      },
      {
        key: "contacts",
        title: t("contacts"),
        narrow: false,
        cell: ({ contacts: [first, ...others] }) =>
          first && (
            <>
              <RowLink to={`/contacts/${first.id}?tab=opportunities`}>{first.name}</RowLink>
              {others.length > 0 && ` +${others.length}`}
            </>
          ),
      },
      { key: "stage", title: t("stage"), width: "120px", cell: (each) => each.stage.name },
      {
        key: "amount",
        title: t("amount"),
        width: "130px",
        align: "right",
        cell: ({ amount, currency }) => (amount === null ? "" : money(amount, currency)),
      },
      {
        key: "owner",
        title: t("owner"),
        width: "170px",
        narrow: false,
        cell: ({ owner_id }) => (owner_id ? (userName(owner_id) ?? "") : t("noOwner")),
      },
      {
        key: "close",
        title: t("expected"),
        width: "140px",
        narrow: false,
        cell: ({ expected_close }) => (expected_close ? date(expected_close) : ""),
      },
    ],
    [t, money, date, userName, open],
  );
}
