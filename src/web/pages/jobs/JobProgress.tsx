import { Group, Progress, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
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
  const rate = useRate(job);
  const left = job.total !== null && rate > 0 ? (job.total - job.done) / rate : null;
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
        aria-label={jobName(job.kind)}
      />
      <Group gap="md">
        <Text size="sm" aria-live="polite">
          {job.total === null
            ? t("done", { done: number(job.done) })
            : t("doneOf", { done: number(job.done), total: number(job.total) })}
        </Text>
        {!hasEnded(job) && rate > 0 && (
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

/** Items a second over what was seen of the job, smoothed. */
function useRate(job: Job): number {
  const seen = useRef<{ at: number; done: number } | null>(null);
  const [rate, setRate] = useState(0);
  useEffect(() => {
    const now = Date.now();
    const before = seen.current;
    if (before === null || job.done < before.done) {
      seen.current = { at: now, done: job.done };
      return;
    }
    const seconds = (now - before.at) / 1000;
    if (seconds < 0.3 || job.done === before.done) return;
    const measured = (job.done - before.done) / seconds;
    seen.current = { at: now, done: job.done };
    setRate((old) => (old === 0 ? measured : 0.7 * old + 0.3 * measured));
  }, [job.done]);
  return rate;
}
