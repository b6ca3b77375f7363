import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { hasEnded, useJob } from "../../api/job.ts";
import { useMay } from "../../app/session.tsx";
import { useFormats } from "../../i18n/format.ts";
import { JobProgress } from "../../pages/jobs/JobProgress.tsx";
import { useCountName } from "../../pages/jobs/use-count-name.ts";
import { Failure, Loading } from "../PageState.tsx";

/** What a job that was just asked for does and has done; it goes on when this is closed. */
export function JobOutcome({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const { t } = useTranslation("removal");
  const { t: common } = useTranslation();
  const { number } = useFormats();
  const may = useMay();
  const queries = useQueryClient();
  const countName = useCountName();
  const { job, error, refetch } = useJob(jobId);
  const done = job !== undefined && hasEnded(job);
  // A job changes what any page may show: contacts, lists, campaigns, the bin.
  useEffect(() => {
    if (done)
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== jobId });
  }, [done, jobId, queries]);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!job) return <Loading />;
  const counts = Object.entries(job.counts).filter(([, count]) => count > 0);
  return (
    <Stack>
      <JobProgress job={job} />
      <div role="status">
        {!done && <Text size="sm">{t("job.running")}</Text>}
        {done && job.error && <Alert color="red">{job.error.message}</Alert>}
        {done && !job.error && (
          <Text size="sm">
            {counts.length === 0
              ? t("job.finished")
              : counts.map(([name, count]) => `${number(count)} ${countName(name)}`).join(", ")}
          </Text>
        )}
      </div>
      {may("jobs.view") && (
        <Text size="sm">
          <Anchor component={Link} to={`/jobs/${jobId}`} size="sm" underline="always">
            {t("job.details")}
          </Anchor>{" "}
          {done && job.undo.possible && t("job.undoIn")}
        </Text>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {common("close")}
        </Button>
      </Group>
    </Stack>
  );
}
