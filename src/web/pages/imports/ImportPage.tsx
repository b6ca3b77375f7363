import { Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { hasEnded, useJob } from "../../api/job.ts";
import { Moment } from "../../components/Moment.tsx";
import { Page } from "../../components/Page.tsx";
import { Loaded } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { ImportChoices } from "./ImportChoices.tsx";
import { ImportOutcome } from "./ImportOutcome.tsx";
import { ImportProgress } from "./ImportProgress.tsx";
import type { Import, ImportState } from "./types.ts";

const route = getRouteApi("/shell/imports/$id");
const underWay: readonly ImportState[] = ["checking", "running", "undoing"];

export function ImportPage() {
  const { t } = useTranslation("imports");
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ["imports", id],
    queryFn: () => answer(api.GET("/api/v1/imports/{id}", { params: { path: { id } } })),
  });
  if (query.data) return <OneImport found={query.data} />;
  return (
    <Page title={t("import")} above={{ label: t("title"), to: "/imports" }}>
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  );
}

/** An import by what comes next: choose, wait, or look at what became of it. */
function OneImport({ found }: { found: Import }) {
  const { t } = useTranslation("imports");
  const { number } = useFormats();
  const queries = useQueryClient();
  const busy = underWay.includes(found.state);
  const { job } = useJob(busy ? found.job_id : null);
  const ended = job !== undefined && hasEnded(job);
  useEffect(() => {
    if (!busy || !ended) return;
    for (const queryKey of [["imports"], ["contacts"], ["lists"], ["jobs"]]) {
      void queries.invalidateQueries({ queryKey });
    }
  }, [busy, ended, queries]);
  return (
    <Page
      title={found.file_name}
      above={{ label: t("title"), to: "/imports" }}
      description={
        <>
          {t(`states.${found.state}`)} ·{" "}
          {t("kilobytes", { size: number(Math.ceil(found.bytes / 1000)) })} · {found.encoding} ·{" "}
          <Moment at={found.created_at} />
        </>
      }
    >
      <Stack>
        {busy ? (
          <ImportProgress found={found} job={job} />
        ) : found.state === "uploaded" || found.state === "checked" ? (
          <ImportChoices key={found.id} found={found} lastJobId={found.job_id} />
        ) : (
          <ImportOutcome found={found} />
        )}
      </Stack>
    </Page>
  );
}
