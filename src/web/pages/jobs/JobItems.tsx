import { Group, Select, Text, Title } from "@mantine/core";
import { useState } from "react";
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

const outcomes = ["done", "skipped", "merged", "rejected"] as const;
type Outcome = (typeof outcomes)[number];

/** What became of each item of a job, with the reason. */
export function JobItems({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const refusalName = useRefusalName();
  const countName = useCountName();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const pages = usePages<JobItem>(
    ["jobs", job.id, "items", { outcome }],
    (cursor) =>
      answer(
        api.GET("/api/v1/jobs/{id}/items", {
          params: {
            path: { id: job.id },
            query: { limit: 100, cursor, ...(outcome ? { outcome } : {}) },
          },
        }),
      ),
    { refetchInterval: hasEnded(job) ? false : 3_000 },
  );
  // Items of imports are rows of a file; those of every other job are contacts.
  const onContacts = !job.kind.startsWith("import.");
  const reasonName = (reason: string) => {
    const [code = ""] = reason.split(":");
    const counted = countName(code);
    return counted === code.replaceAll("_", " ") ? refusalName(reason) : counted;
  };
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
        <span title={item.reason ?? ""}>{item.reason && reasonName(item.reason)}</span>
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
      <Group justify="space-between" mb="sm" gap="xs">
        <Text size="sm" c="dimmed">
          {t("itemsHint")}
        </Text>
        <Select
          aria-label={t("outcome")}
          data={[
            { value: "", label: t("everyOutcome") },
            ...outcomes.map((each) => ({ value: each, label: t(`outcomes.${each}`) })),
          ]}
          value={outcome ?? ""}
          onChange={(value) => setOutcome(outcomes.find((each) => each === value) ?? null)}
          allowDeselect={false}
          size="xs"
          w={180}
        />
      </Group>
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
