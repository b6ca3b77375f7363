import { Button, Card, Group, Progress, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Job } from "../../api/types.ts";
import { May } from "../../components/May.tsx";
import { useFormats } from "../../i18n/format.ts";
import { CountsTable, countNames } from "./CountsTable.tsx";
import type { Import } from "./types.ts";

/** A dry run, run or undo while it is under way. */
export function ImportProgress({ found, job }: { found: Import; job: Job | undefined }) {
  const { t } = useTranslation("imports");
  const { number } = useFormats();
  const cancel = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/jobs/{id}/cancellation", {
          params: { path: { id: found.job_id ?? "" } },
        }),
      ),
    changes: [["jobs"]],
    done: t("cancelAsked"),
  });
  const total = job?.total ?? null;
  const label = t(`states.${found.state}`);
  return (
    <Card withBorder component="section" aria-label={label}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{label}</Title>
        {found.state !== "undoing" && (
          <May permission="jobs.cancel">
            <Button
              variant="default"
              loading={cancel.isPending}
              disabled={job?.cancel_requested ?? !job}
              onClick={() => cancel.mutate()}
            >
              {t("cancel")}
            </Button>
          </May>
        )}
      </Group>
      <Progress
        value={total ? (100 * (job?.done ?? 0)) / total : 100}
        animated
        size="lg"
        aria-label={label}
      />
      <Text size="sm" mt="xs" role="status">
        {!job || job.state === "queued"
          ? t("waiting")
          : total
            ? t("rowsOf", { done: number(job.done), total: number(total) })
            : t("rows", { done: number(job.done) })}
      </Text>
      {job && found.state !== "undoing" && (
        <CountsTable
          counts={Object.fromEntries(countNames.map((name) => [name, job.counts[name] ?? 0]))}
        />
      )}
    </Card>
  );
}
