import { Alert, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { Body, Channel, Selection } from "../../api/types.ts";
import { JobFormDialog } from "../../components/jobs/JobFormDialog.tsx";

/** What many contacts can be stopped with; a channel of null is all of them. */
export interface BulkStop {
  kind: Body<"/api/v1/contacts/bulk-stop", "post">["kind"];
  channel: Channel | null;
}

interface StopDialogProps {
  stop: BulkStop;
  selection: Selection;
  onClose: () => void;
  onDone: () => void;
}

/** Stops the selected contacts, however many, and shows what came of it. */
export function StopDialog({ stop, selection, onClose, onDone }: StopDialogProps) {
  const { t } = useTranslation("contacts");
  const { t: common } = useTranslation();
  const [because, setBecause] = useState("");
  const { kind } = stop;
  const channel = stop.channel ? common(`channel.${stop.channel}`) : t("bulk.everyChannel");
  return (
    <JobFormDialog
      title={t("bulk.stopTitle")}
      submit={t("bulk.stop")}
      danger
      run={() =>
        answer(
          api.POST("/api/v1/contacts/bulk-stop", {
            body: { selection, ...stop, because: because.trim() },
          }),
        )
      }
      onClose={onClose}
      onStarted={onDone}
    >
      <Text size="sm">{t(`bulk.text.${kind}`, { channel })}</Text>
      {kind === "unsubscribe" && (
        <Alert color="yellow">
          <Text size="sm">{t("bulk.onlyThePerson")}</Text>
        </Alert>
      )}
      <Textarea
        label={t("bulk.because")}
        description={t("bulk.becauseHint")}
        value={because}
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
    </JobFormDialog>
  );
}
