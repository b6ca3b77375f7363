import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api, upload } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import { useMay } from "../../app/session.tsx";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { useWhyNot } from "../../components/May.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";
import { DropZone } from "./DropZone.tsx";
import type { Import, Uploaded } from "./types.ts";

/** Every import, and the place where a file begins. */
export function ImportsPage() {
  const { t } = useTranslation("imports");
  const may = useMay();
  const whyNot = useWhyNot()("contacts.import");
  if (!may("contacts.import")) {
    return (
      <Page title={t("title")}>
        <Empty title={t("refused")}>{whyNot}</Empty>
      </Page>
    );
  }
  return <Imports />;
}

function Imports() {
  const { t } = useTranslation("imports");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const columns = useImportColumns();
  const pages = usePages<Import>(["imports", "list"], (cursor) =>
    answer(api.GET("/api/v1/imports", { params: { query: { limit: 50, cursor } } })),
  );
  const send = useAct<Uploaded, File>({
    act(file) {
      const form = new FormData();
      form.append("file", file, file.name);
      return upload<Uploaded>("/imports", form);
    },
    ownError: true,
    onDone(uploaded) {
      // The first rows are told with the upload alone.
      queries.setQueryData(["imports", uploaded.id, "upload"], uploaded);
      void queries.invalidateQueries({ queryKey: ["imports", "list"] });
      void navigate({ to: "/imports/$id", params: { id: uploaded.id } });
    },
  });
  return (
    <Page title={t("title")} description={t("description")} fill>
      <DropZone onFile={(file) => send.mutate(file)} pending={send.isPending} />
      {send.error && <Failure error={send.error} />}
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty title={t("empty")}>{t("emptyHint")}</Empty>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={pages.items}
          rowId={(each) => each.id}
          onOpen={({ id }) => void navigate({ to: "/imports/$id", params: { id } })}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
    </Page>
  );
}

function useImportColumns(): Column<Import>[] {
  const { t } = useTranslation("imports");
  const { number } = useFormats();
  return useMemo(() => {
    const count = (name: "created" | "updated" | "stopped" | "rejected"): Column<Import> => ({
      key: name,
      title: t(`count.${name}`),
      width: "100px",
      narrow: false,
      align: "right",
      cell: ({ counts }) => number(counts[name]),
    });
    return [
      {
        key: "file",
        title: t("file"),
        cell: ({ id, file_name }) => (
          <RowLink to={`/imports/${id}`} title={file_name}>
            {file_name}
          </RowLink>
        ),
      },
      {
        key: "state",
        title: t("state"),
        width: "120px",
        cell: ({ state }) => t(`states.${state}`),
      },
      count("created"),
      count("updated"),
      count("stopped"),
      count("rejected"),
      {
        key: "at",
        title: t("uploaded"),
        width: "190px",
        narrow: false,
        cell: ({ created_at }) => <Moment at={created_at} />,
      },
    ];
  }, [t, number]);
}
