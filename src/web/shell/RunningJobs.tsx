import { ActionIcon, Indicator, Menu, Progress, Text } from "@mantine/core";
import { IconProgress } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../api/client.ts";
import { hasEnded } from "../api/job.ts";
import { useMay } from "../app/session.tsx";
import { useFormats } from "../i18n/format.ts";
import { useJobName } from "../pages/jobs/use-job-name.ts";

/** The jobs that run now, with their progress. */
export function RunningJobs() {
  const { t } = useTranslation("shell");
  const { t: jobs } = useTranslation("jobs");
  const { span } = useFormats();
  const may = useMay();
  const jobName = useJobName();
  const allowed = may("jobs.view");
  const { data } = useQuery({
    queryKey: ["jobs", "running"],
    queryFn: () => answer(api.GET("/api/v1/jobs", { params: { query: { limit: 20 } } })),
    enabled: allowed,
    refetchInterval: (query) =>
      query.state.data?.items.some((job) => !hasEnded(job)) ? 2_000 : 15_000,
  });
  if (!allowed) return null;
  const running = data?.items.filter((job) => !hasEnded(job)) ?? [];
  const label =
    running.length > 0 ? t("runningJobs", { count: running.length }) : t("noRunningJobs");
  return (
    <Menu position="bottom-end" width={280} withinPortal={false}>
      <Indicator label={running.length} size={16} disabled={running.length === 0} offset={6}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
            <IconProgress size={22} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
      </Indicator>
      <Menu.Dropdown>
        <Menu.Label>{label}</Menu.Label>
        {running.map((job) => (
          <Menu.Item key={job.id} component={Link} to={`/jobs/${job.id}`}>
            <Text size="sm">{jobName(job)}</Text>
            <Progress
              mt={4}
              size="sm"
              value={job.total ? (100 * job.done) / job.total : 100}
              animated
              aria-label={jobName(job)}
            />
            {job.seconds_left !== null && (
              <Text size="xs" c="dimmed">
                {jobs("timeLeft", { span: span(job.seconds_left) })}
              </Text>
            )}
          </Menu.Item>
        ))}
        <Menu.Item component={Link} to="/jobs">
          {t("allJobs")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
