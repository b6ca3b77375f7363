import { Button, Group } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { List, ListMember, Selection } from "../../api/types.ts";
import { BulkBar } from "../../components/BulkBar.tsx";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { May } from "../../components/May.tsx";
import { nameOf } from "../../components/naming.ts";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { PlainTime } from "../../components/PlainTime.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import type { Selection as Ticked } from "../../components/selection.ts";
import { useFormats } from "../../i18n/format.ts";
import { ChangeListDialog } from "./ChangeListDialog.tsx";
import { usePersonColumns } from "./columns.tsx";

interface MembersProps {
  list: List;
  q: string;
  onSearch: (q: string) => void;
  selection: Ticked;
  /** What is asked to be done to the ticked ones; the page's menu asks too. */
  act: MemberAct | null;
  setAct: (act: MemberAct | null) => void;
}

export type MemberAct = "remove" | "exclude";

/** Who is on a list; ticked ones can be removed or excluded. */
export function Members({ list, q, onSearch, selection, act, setAct }: MembersProps) {
  const { t } = useTranslation("lists");
  const navigate = useNavigate();
  const { moment } = useFormats();
  const own = useMemo<Column<ListMember>[]>(
    () => [
      {
        key: "added",
        title: t("added"),
        width: "180px",
        narrow: false,
        cell: (member) =>
          member.added_at && <PlainTime at={member.added_at} text={moment(member.added_at)} />,
      },
    ],
    [t, moment],
  );
  const columns = usePersonColumns(own);
  const pages = usePages<ListMember>(["lists", list.id, "members", { q }], (cursor) =>
    answer(
      api.GET("/api/v1/lists/{id}/members", {
        params: {
          path: { id: list.id },
          query: {
            limit: 100,
            cursor,
            ...(q ? { q } : {}),
            ...(cursor ? {} : { count: "true" as const }),
          },
        },
      }),
    ),
  );
  const { clear } = selection;
  // What was ticked in another found set is no longer meant.
  useEffect(clear, [q]);
  const chosen: Selection =
    selection.mode === "ids"
      ? { ids: [...selection.ids] }
      : q
        ? { filter: { list_id: list.id, q } }
        : { list_id: list.id };
  return (
    <>
      <Group mb="sm">
        <SearchField
          label={t("searchMembers")}
          placeholder={t("searchMembers")}
          value={q}
          onSearch={onSearch}
          w={{ base: "100%", xs: 300 }}
        />
      </Group>
      <BulkBar
        selection={selection}
        count={pages.count}
        estimated={pages.estimated}
        loaded={pages.items.length}
        hasMore={pages.hasMore}
      >
        <May permission="lists.edit">
          <Button size="compact-sm" variant="default" onClick={() => setAct("remove")}>
            {t("remove.button")}
          </Button>
        </May>
        <May permission="lists.exclude">
          <Button size="compact-sm" variant="default" onClick={() => setAct("exclude")}>
            {t("exclude.button")}
          </Button>
        </May>
      </BulkBar>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconUsers size={40} stroke={1.4} />}
          title={q ? t("noMatch") : t("noMembers")}
        >
          {!q && t("noMembersHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("members")}
          columns={columns}
          rows={pages.items}
          rowId={(member) => member.contact_id}
          rowName={nameOf}
          selection={selection}
          onOpen={(member) =>
            void navigate({ to: "/contacts/$id", params: { id: member.contact_id } })
          }
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
      {act && (
        <ChangeListDialog
          act={act}
          list={list}
          selection={chosen}
          onClose={() => setAct(null)}
          onDone={clear}
        />
      )}
    </>
  );
}
