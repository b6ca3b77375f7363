import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { Selection } from "../../api/types.ts";
import { JobFormDialog } from "../../components/jobs/JobFormDialog.tsx";

interface RemoveFollowUpsDialogProps {
  selection: Selection;
  onClose: () => void;
  onDone: () => void;
}

/** Ends every follow-up of the selected contacts, and says that this is no opt-out. */
export function RemoveFollowUpsDialog({ selection, onClose, onDone }: RemoveFollowUpsDialogProps) {
  const { t } = useTranslation("contacts");
  return (
    <JobFormDialog
      title={t("bulk.removeFollowUp")}
      submit={t("bulk.removeFollowUp")}
      run={() => answer(api.POST("/api/v1/follow-ups/bulk-removal", { body: { selection } }))}
      onClose={onClose}
      onStarted={onDone}
    >
      <Text size="sm">{t("bulk.removeFollowUpText")}</Text>
      <Alert color="gray">
        <Text size="sm">{t("bulk.notAStop")}</Text>
      </Alert>
    </JobFormDialog>
  );
}
