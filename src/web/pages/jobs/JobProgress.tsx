import { Group, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { hasEnded } from "../../api/job.ts";
import type { Job } from "../../api/types.ts";
import { useFormats } from "../../i18n/format.ts";
import { useJobName } from "./use-job-name.ts";

/** How far a job is, how fast it goes and how long it will take. */
export function JobProgress({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const { number, span } = useFormats();
  const jobName = useJobName();
  const { rate, seconds_left: left } = job;
  const share = job.total ? (100 * job.done) / job.total : job.state === "finished" ? 100 : 0;
  const color = job.state === "failed" ? "red" : job.state === "cancelled" ? "gray" : "indigo";
  const took =
    job.started_at && job.finished_at
      ? (Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000
      : null;
  return (
    <Stack gap={6}>
      <Progress
        value={share}
        color={color}
        size="lg"
        animated={job.state === "running"}
        aria-label={jobName(job)}
      />
      <Group gap="md">
        <Text size="sm" aria-live="polite">
          {job.total === null
            ? t("done", { done: number(job.done) })
            : t("doneOf", { done: number(job.done), total: number(job.total) })}
        </Text>
        {rate !== null && rate >= 1 && (
          <Text size="sm" c="dimmed">
            {t("rate", { rate: number(Math.round(rate)) })}
          </Text>
        )}
        {!hasEnded(job) && left !== null && left > 0 && (
          <Text size="sm" c="dimmed">
            {t("timeLeft", { span: span(left) })}
          </Text>
        )}
        {took !== null && (
          <Text size="sm" c="dimmed">
            {t("took", { span: span(took) })}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
