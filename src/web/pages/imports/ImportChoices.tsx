import {
  Alert,
  Button,
  Card,
  Group,
  Radio,
  SimpleGrid,
  Stack,
  TextInput,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { useJob } from "../../api/job.ts";
import { ListChoice } from "../../components/ListChoice.tsx";
import { useErrorText } from "../../components/use-error-text.ts";
import { useFormats } from "../../i18n/format.ts";
import { CountsReport } from "./CountsReport.tsx";
import { MappingTable } from "./MappingTable.tsx";
import type { Choices, Import, Mode, Uploaded } from "./types.ts";

const modes: readonly Mode[] = ["update", "fill", "skip"];

/** What the columns mean and how to import them; a dry run says what would happen. */
export function ImportChoices({ found, lastJobId }: { found: Import; lastJobId: string | null }) {
  const { t } = useTranslation("imports");
  const { number } = useFormats();
  const errorText = useErrorText();
  const { job } = useJob(lastJobId);
  const uploaded = useQuery<Uploaded>({
    queryKey: ["imports", found.id, "upload"],
    enabled: false,
  }).data;
  const [choices, setChoices] = useState<Choices>(() => ({
    mapping: found.mapping,
    mode: found.mode,
    list_id: found.list_id,
    default_country: found.default_country,
  }));
  const change = (part: Partial<Choices>) => setChoices((before) => ({ ...before, ...part }));
  const params = { path: { id: found.id } };
  const changes = [["imports"], ["jobs"]];
  const check = useAct({
    act: () => answer(api.POST("/api/v1/imports/{id}/dry-run", { params, body: choices })),
    changes,
    ownError: true,
  });
  const run = useAct({
    act: () => answer(api.POST("/api/v1/imports/{id}/run", { params, body: choices })),
    changes,
    ownError: true,
  });
  const error = run.error ?? check.error;
  const changed = (["mapping", "mode", "list_id", "default_country"] as const).some(
    (key) => JSON.stringify(choices[key]) !== JSON.stringify(found[key]),
  );
  const checked = found.dry_run !== null && !changed;
  const buttons = (
    <Group>
      <Button
        variant={checked ? "default" : "filled"}
        loading={check.isPending}
        disabled={run.isPending}
        onClick={() => check.mutate()}
      >
        {t("dryRun")}
      </Button>
      {!checked && (
        <Button
          variant="default"
          loading={run.isPending}
          disabled={check.isPending}
          onClick={() => run.mutate()}
        >
          {t("runUnchecked")}
        </Button>
      )}
    </Group>
  );
  return (
    <>
      {job?.state === "failed" && job.error && (
        <Alert color="red" role="alert" title={t("jobFailed")}>
          {job.error.message}
        </Alert>
      )}
      {found.dry_run && (
        <Card withBorder component="section" aria-labelledby="dry-run-title">
          <Title order={2} id="dry-run-title">
            {t("dryRunResult")}
          </Title>
          {changed && (
            <Alert color="yellow" mt="sm" role="status">
              {t("dryRunStale")}
            </Alert>
          )}
          <CountsReport counts={found.dry_run.counts} />
          {found.dry_run.newly_stopped > 0 && (
            <Alert color="yellow" mt="sm">
              {t("newlyStopped", {
                count: found.dry_run.newly_stopped,
                formatted: number(found.dry_run.newly_stopped),
              })}
            </Alert>
          )}
          {checked && (
            <Group mt="md">
              <Button loading={run.isPending} onClick={() => run.mutate()}>
                {t("run")}
              </Button>
            </Group>
          )}
        </Card>
      )}
      <Card withBorder component="section" aria-labelledby="mapping-title">
        <Title order={2} id="mapping-title" mb="xs">
          {t("mapping")}
        </Title>
        <MappingTable
          mapping={choices.mapping}
          uploaded={uploaded}
          onChange={(mapping) => change({ mapping })}
        />
      </Card>
      <Card withBorder component="section" aria-labelledby="how-title">
        <Title order={2} id="how-title" mb="sm">
          {t("how")}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Radio.Group
            label={t("mode")}
            value={choices.mode}
            onChange={(mode) => change({ mode: mode as Mode })}
          >
            <Stack gap="xs" mt={6}>
              {modes.map((mode) => (
                <Radio
                  key={mode}
                  value={mode}
                  label={t(`modes.${mode}`)}
                  description={t(`modeHints.${mode}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Stack>
            <ListChoice
              label={t("list")}
              value={choices.list_id}
              onChange={(list_id) => change({ list_id })}
            />
            <TextInput
              label={t("country")}
              description={t("countryHint")}
              maxLength={2}
              w={200}
              value={choices.default_country ?? ""}
              onChange={(event) =>
                change({ default_country: event.currentTarget.value.toUpperCase() || null })
              }
            />
          </Stack>
        </SimpleGrid>
      </Card>
      {error && (
        <Alert color="red" role="alert">
          {errorText(error)}
        </Alert>
      )}
      {buttons}
    </>
  );
}
