import { Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { hasEnded } from "../../api/job.ts";
import { usePages } from "../../api/pages.ts";
import type { Job, JobItem } from "../../api/types.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { Failure, Loading } from "../../components/PageState.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useRefusalName } from "../../components/refusals.ts";
import { useCountName } from "./use-count-name.ts";

/** What became of each item of a job, with the reason. */
export function JobItems({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const refusalName = useRefusalName();
  const countName = useCountName();
  const pages = usePages<JobItem>(
    ["jobs", job.id, "items"],
    (cursor) =>
      answer(
        api.GET("/api/v1/jobs/{id}/items", {
          params: { path: { id: job.id }, query: { limit: 100, cursor } },
        }),
      ),
    { refetchInterval: hasEnded(job) ? false : 3_000 },
  );
  // Items of imports are rows of a file; only list jobs name contacts.
  const onContacts = job.kind.startsWith("list.");
  const columns: Column<JobItem>[] = [
    {
      key: "position",
      title: t("position"),
      width: "90px",
      align: "right",
      cell: (item) => item.position + 1,
    },
    {
      key: "outcome",
      title: t("outcome"),
      width: "150px",
      cell: (item) => countName(item.outcome),
    },
    {
      key: "reason",
      title: t("reason"),
      cell: (item) => (
        <span title={item.reason ?? ""}>{item.reason && refusalName(item.reason)}</span>
      ),
    },
    {
      key: "subject",
      title: t("subject"),
      width: "140px",
      narrow: false,
      cell: (item) =>
        onContacts && item.subject_id ? (
          <RowLink to={`/contacts/${item.subject_id}`}>{t("contact")}</RowLink>
        ) : null,
    },
  ];
  return (
    <>
      <Title order={2}>{t("items")}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("itemsHint")}
      </Text>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Text size="sm">{t("noItems")}</Text>
      ) : (
        <DataTable
          label={t("items")}
          columns={columns}
          rows={pages.items}
          rowId={(item) => String(item.position)}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
    </>
  );
}
