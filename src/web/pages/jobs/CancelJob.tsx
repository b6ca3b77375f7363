import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Job } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { May } from "../../components/May.tsx";

/** Stops a job before its next item, after asking. */
export function CancelJob({ job, onCancelled }: { job: Job; onCancelled: () => void }) {
  const { t } = useTranslation("jobs");
  const [asking, { open, close }] = useDisclosure();
  const cancel = useAct({
    act: () =>
      answer(api.POST("/api/v1/jobs/{id}/cancellation", { params: { path: { id: job.id } } })),
    changes: [["jobs"]],
    ownError: true,
    onDone: () => {
      onCancelled();
      close();
    },
  });
  return (
    <May permission="jobs.cancel">
      <Group>
        <Button variant="default" onClick={open} disabled={job.cancel_requested}>
          {t("cancel")}
        </Button>
      </Group>
      <FormDialog
        opened={asking}
        onClose={close}
        title={t("cancel")}
        submit={t("cancel")}
        danger
        pending={cancel.isPending}
        error={cancel.error}
        onSubmit={() => cancel.mutate()}
      >
        <Text size="sm">{t("cancelText")}</Text>
      </FormDialog>
    </May>
  );
}
