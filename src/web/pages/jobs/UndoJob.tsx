import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { Job } from "../../api/types.ts";
import { JobFormDialog } from "../../components/jobs/JobFormDialog.tsx";
import { useFormats } from "../../i18n/format.ts";

/** Takes a whole job back, or says why that is not possible. */
export function UndoJob({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const { moment } = useFormats();
  const [asking, { open, close }] = useDisclosure();
  const { possible, until, because } = job.undo;
  return (
    <>
      {possible && (
        <Button variant="default" leftSection={<IconArrowBackUp size={16} />} onClick={open}>
          {t("undo.button")}
        </Button>
      )}
      {!possible && !asking && (
        <Text size="sm" c="dimmed" maw={320}>
          {t("undo.not", { because })}
        </Text>
      )}
      {asking && (
        <JobFormDialog
          title={t("undo.title")}
          submit={t("undo.button")}
          run={() =>
            answer(api.POST("/api/v1/jobs/{id}/undo", { params: { path: { id: job.id } } }))
          }
          onClose={close}
        >
          <Text size="sm">{t("undo.text")}</Text>
          {until && <Text size="sm">{t("undo.until", { when: moment(until) })}</Text>}
        </JobFormDialog>
      )}
    </>
  );
}
