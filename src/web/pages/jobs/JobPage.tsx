import { Alert, Badge, Card, SimpleGrid, Text, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { hasEnded, useJob } from "../../api/job.ts";
import type { Job } from "../../api/types.ts";
import { AnchorLink } from "../../components/AnchorLink.tsx";
import { Page } from "../../components/Page.tsx";
import { Failure, Loading } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { CancelJob } from "./CancelJob.tsx";
import { JobItems } from "./JobItems.tsx";
import { JobProgress } from "./JobProgress.tsx";
import { UndoJob } from "./UndoJob.tsx";
import { useCountName } from "./use-count-name.ts";
import { useJobName } from "./use-job-name.ts";

const route = getRouteApi("/shell/jobs/$id");

export function JobPage() {
  const { t } = useTranslation("jobs");
  const { id } = route.useParams();
  const jobName = useJobName();
  const { job, error, refetch } = useJob(id);
  const above = { label: t("title"), to: "/jobs" };
  if (!job) {
    return (
      <Page title={t("job")} above={above}>
        {error ? <Failure error={error} retry={() => void refetch()} /> : <Loading />}
      </Page>
    );
  }
  return (
    <Page
      title={jobName(job)}
      above={above}
      fill
      beside={<JobState job={job} />}
      description={<AskedBy job={job} />}
      actions={
        hasEnded(job) ? (
          <UndoJob job={job} />
        ) : (
          <CancelJob job={job} onCancelled={() => void refetch()} />
        )
      }
    >
      <Card withBorder mb="md" style={{ flexShrink: 0 }}>
        <JobProgress job={job} />
        {job.error && (
          <Alert color="red" title={t("failed")} mt="md" role="alert">
            {job.error.message}
          </Alert>
        )}
        <JobCounts counts={job.counts} />
      </Card>
      <JobItems job={job} />
    </Page>
  );
}

function JobState({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const colors = {
    queued: "gray",
    running: "indigo",
    finished: "green",
    cancelled: "gray",
    failed: "red",
  };
  const text = job.cancel_requested && !hasEnded(job) ? t("cancelling") : t(`states.${job.state}`);
  return (
    <Badge color={colors[job.state]} variant="outline" c="inherit" tt="none">
      {text}
    </Badge>
  );
}

function JobCounts({ counts }: { counts: Record<string, number> }) {
  const { number } = useFormats();
  const countName = useCountName();
  const all = Object.entries(counts);
  // An import counts a dozen things; those that never happened only hide the others.
  const named = all.length > 6 ? all.filter(([, count]) => count > 0) : all;
  if (named.length === 0) return null;
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} mt="md">
      {named.map(([name, count]) => (
        <div key={name}>
          <Text size="xs" c="dimmed">
            {countName(name)}
          </Text>
          <Title order={2} component="p">
            {number(count)}
          </Title>
        </div>
      ))}
    </SimpleGrid>
  );
}

function AskedBy({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const { moment } = useFormats();
  const link = (id: string) => (
    <AnchorLink to="/jobs/$id" params={{ id }} size="sm" underline="always">
      {t("undo.thatJob")}
    </AnchorLink>
  );
  return (
    <>
      {t("by", { who: job.requested_by_name ?? t("byHeed"), when: moment(job.created_at) })}
      {job.undoes && (
        <>
          {" · "}
          {t("undo.undoes")} {link(job.undoes)}
        </>
      )}
      {job.undone_by && (
        <>
          {" · "}
          {t("undo.undoneBy")} {link(job.undone_by)}
        </>
      )}
    </>
  );
}
