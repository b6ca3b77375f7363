import { Button } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { List, ListExclusion } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { BulkBar } from "../../components/BulkBar.tsx";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { May } from "../../components/May.tsx";
import { nameOf } from "../../components/naming.ts";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { PlainTime } from "../../components/PlainTime.tsx";
import { useSelection } from "../../components/selection.ts";
import { useFormats } from "../../i18n/format.ts";
import { ChangeListDialog } from "./ChangeListDialog.tsx";
import { usePersonColumns } from "./columns.tsx";

/** Who is kept out of a list; ticked ones can be let in again. */
export function Exclusions({ list }: { list: List }) {
  const { t } = useTranslation("lists");
  const navigate = useNavigate();
  const userName = useUserNames();
  const { moment } = useFormats();
  const selection = useSelection();
  const [lifting, setLifting] = useState(false);
  const own = useMemo<Column<ListExclusion>[]>(
    () => [
      {
        key: "by",
        title: t("excludedBy"),
        width: "160px",
        narrow: false,
        cell: (each) => (each.excluded_by ? userName(each.excluded_by) : ""),
      },
      {
        key: "at",
        title: t("excluded"),
        width: "180px",
        narrow: false,
        cell: (each) => <PlainTime at={each.excluded_at} text={moment(each.excluded_at)} />,
      },
    ],
    [t, userName, moment],
  );
  const columns = usePersonColumns(own);
  const pages = usePages<ListExclusion>(["lists", list.id, "exclusions"], (cursor) =>
    answer(
      api.GET("/api/v1/lists/{id}/exclusions", {
        params: { path: { id: list.id }, query: { limit: 100, cursor } },
      }),
    ),
  );
  return (
    <>
      <BulkBar
        selection={selection}
        count={undefined}
        loaded={pages.items.length}
        hasMore={pages.hasMore}
        everything={false}
      >
        <May permission="lists.exclude">
          <Button size="compact-sm" variant="default" onClick={() => setLifting(true)}>
            {t("lift.button")}
          </Button>
        </May>
      </BulkBar>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty icon={<IconUserOff size={40} stroke={1.4} />} title={t("noExclusions")}>
          {t("noExclusionsHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("exclusions")}
          columns={columns}
          rows={pages.items}
          rowId={(each) => each.contact_id}
          rowName={nameOf}
          selection={selection}
          onOpen={(each) => void navigate({ to: "/contacts/$id", params: { id: each.contact_id } })}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
      {lifting && (
        <ChangeListDialog
          act="lift"
          list={list}
          selection={{ ids: [...selection.ids] }}
          onClose={() => setLifting(false)}
          onDone={selection.clear}
        />
      )}
    </>
  );
}
