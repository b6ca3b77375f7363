import { Alert, Button, Card, Group, List, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp, IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { useJob } from "../../api/job.ts";
import { useFormats } from "../../i18n/format.ts";
import { CountsReport } from "./CountsReport.tsx";
import { useUndoName } from "./names.ts";
import type { Import } from "./types.ts";
import { UndoDialog } from "./UndoDialog.tsx";

/** What became of an import that ran, and what can still be done about it. */
export function ImportOutcome({ found }: { found: Import }) {
  const { t } = useTranslation("imports");
  const { number } = useFormats();
  const undoName = useUndoName();
  const [undoing, undo] = useDisclosure();
  const { job } = useJob(found.state === "failed" ? found.job_id : null);
  const params = { path: { id: found.id } };
  const goOn = useAct({
    act: () => answer(api.POST("/api/v1/imports/{id}/run", { params, body: {} })),
    changes: [["imports"], ["jobs"]],
  });
  const partly = found.state === "cancelled" || found.state === "failed";
  const hasRejected = found.counts.rejected > 0;
  return (
    <>
      {found.state === "failed" && (
        <Alert color="red" role="alert" title={t("jobFailed")}>
          {job?.error?.message ?? t("failedHint")}
        </Alert>
      )}
      {found.state === "cancelled" && <Alert color="yellow">{t("cancelledHint")}</Alert>}
      {found.undo && (
        <Card withBorder component="section" aria-labelledby="undone-title">
          <Title order={2} id="undone-title">
            {t("undoneTitle")}
          </Title>
          <List size="sm" mt="xs">
            {Object.entries(found.undo).map(([name, count]) => (
              <List.Item key={name}>
                {undoName(name)}: {number(count)}
              </List.Item>
            ))}
          </List>
          <Text size="sm" mt="xs">
            {t("stopsStay")}
          </Text>
        </Card>
      )}
      <Card withBorder component="section" aria-labelledby="outcome-title">
        <Title order={2} id="outcome-title">
          {t("result")}
        </Title>
        <CountsReport counts={found.counts} />
        <Group mt="md">
          {hasRejected && (
            <Button
              variant="default"
              component="a"
              href={`/api/v1/imports/${found.id}/rejected.csv`}
              download="rejected.csv"
              leftSection={<IconDownload size={16} />}
            >
              {t("rejectedFile")}
            </Button>
          )}
          {partly && (
            <Button loading={goOn.isPending} onClick={() => goOn.mutate()}>
              {t("goOn")}
            </Button>
          )}
          {found.state !== "undone" && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} />}
              onClick={undo.open}
            >
              {t("undo")}
            </Button>
          )}
        </Group>
      </Card>
      {undoing && <UndoDialog found={found} onClose={undo.close} />}
    </>
  );
}
