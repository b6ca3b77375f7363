import { Button } from "@mantine/core";
import { IconPlus, IconTemplate } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { May } from "../../components/May.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import type { TemplateSummary } from "./types.ts";

export function TemplatesPage() {
  const { t } = useTranslation("templates");
  const navigate = useNavigate();
  const pages = usePages<TemplateSummary>(["templates", "list"], (cursor) =>
    answer(api.GET("/api/v1/templates", { params: { query: { limit: 100, cursor } } })),
  );
  const columns = useMemo(
    (): Column<TemplateSummary>[] => [
      {
        key: "name",
        title: t("name"),
        cell: ({ id, name }) => <RowLink to={`/templates/${id}`}>{name}</RowLink>,
      },
      {
        key: "subject",
        title: t("subject"),
        cell: ({ subject }) => <span title={subject}>{subject}</span>,
      },
      {
        key: "format",
        title: t("format"),
        width: "110px",
        narrow: false,
        cell: ({ format }) => t(`formats.${format}`),
      },
      {
        key: "updated",
        title: t("updated"),
        width: "190px",
        narrow: false,
        cell: ({ updated_at }) => <Moment at={updated_at} />,
      },
    ],
    [t],
  );
  const newButton = (
    <May permission="templates.edit">
      <Button component={Link} to="/templates/new" leftSection={<IconPlus size={16} />}>
        {t("new")}
      </Button>
    </May>
  );
  return (
    <Page title={t("title")} description={t("description")} actions={newButton} fill>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconTemplate size={40} stroke={1.4} />}
          title={t("empty")}
          actions={newButton}
        >
          {t("emptyHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={pages.items}
          rowId={(template) => template.id}
          onOpen={({ id }) => void navigate({ to: "/templates/$id", params: { id } })}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
    </Page>
  );
}
