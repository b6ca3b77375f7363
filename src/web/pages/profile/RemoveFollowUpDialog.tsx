import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { FollowUp } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { changedByFollowUps } from "./queries.ts";

/** Ends a contact's sequence, and says that this is no opt-out. */
export function RemoveFollowUpDialog({
  followUp,
  onClose,
}: {
  followUp: FollowUp;
  onClose: () => void;
}) {
  const { t } = useTranslation("profile");
  const remove = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/follow-ups/{id}/removal", { params: { path: { id: followUp.id } } }),
      ),
    changes: changedByFollowUps,
    done: t("followUps.done"),
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("followUps.removeTitle", { campaign: followUp.campaign_name })}
      submit={t("followUps.remove")}
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate()}
    >
      <Text size="sm">{t("followUps.removeText")}</Text>
      <Alert color="gray">
        <Text size="sm">{t("followUps.notAStop")}</Text>
      </Alert>
    </FormDialog>
  );
}
