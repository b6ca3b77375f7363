import { IconProgress } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { hasEnded } from "../../api/job.ts";
import { usePages } from "../../api/pages.ts";
import type { Job } from "../../api/types.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { PlainTime } from "../../components/PlainTime.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";
import { useJobName } from "./use-job-name.ts";

export function JobsPage() {
  const { t } = useTranslation("jobs");
  const navigate = useNavigate();
  const pages = usePages<Job>(
    ["jobs", "list"],
    (cursor) => answer(api.GET("/api/v1/jobs", { params: { query: { limit: 100, cursor } } })),
    { refetchInterval: 3_000 },
  );
  const columns = useJobColumns();
  return (
    <Page title={t("title")} description={t("description")} fill>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty icon={<IconProgress size={40} stroke={1.4} />} title={t("empty")}>
          {t("emptyHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={pages.items}
          rowId={(job) => job.id}
          onOpen={(job) => void navigate({ to: "/jobs/$id", params: { id: job.id } })}
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
    </Page>
  );
}

function useJobColumns(): Column<Job>[] {
  const { t } = useTranslation("jobs");
  const { number, moment, span } = useFormats();
  const jobName = useJobName();
  return useMemo(
    () => [
      {
        key: "what",
        title: t("what"),
        cell: (job) => <RowLink to={`/jobs/${job.id}`}>{jobName(job)}</RowLink>,
      },
      { key: "state", title: t("state"), width: "140px", cell: (job) => t(`states.${job.state}`) },
      {
        key: "progress",
        title: t("progress"),
        width: "260px",
        narrow: false,
        cell: (job) =>
          hasEnded(job) || job.total === null ? (
            t("done", { done: number(job.done) })
          ) : (
            <>
              <progress
                value={job.done}
                max={Math.max(job.total, 1)}
                aria-label={jobName(job)}
                title={t("doneOf", { done: number(job.done), total: number(job.total) })}
              />{" "}
              {job.seconds_left !== null && t("left", { span: span(job.seconds_left) })}
            </>
          ),
      },
      {
        key: "by",
        title: t("requestedBy"),
        width: "160px",
        narrow: false,
        cell: (job) => job.requested_by_name ?? t("byHeed"),
      },
      {
        key: "at",
        title: t("started"),
        width: "190px",
        narrow: false,
        cell: (job) => <PlainTime at={job.created_at} text={moment(job.created_at)} />,
      },
    ],
    [t, number, moment, span, jobName],
  );
}
