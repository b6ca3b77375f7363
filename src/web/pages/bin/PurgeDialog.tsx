import { Alert, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { JobFormDialog } from "../../components/jobs/JobFormDialog.tsx";
import { confirmationOf, TypedConfirm } from "../../components/removal/TypedConfirm.tsx";
import { useFormats } from "../../i18n/format.ts";

interface PurgeDialogProps {
  what: { selection: { ids: string[] } } | { deletion_id: string };
  count: number;
  onClose: () => void;
  onDone?: () => void;
}

/** Empties a part of the bin before its time, after the word or number was typed. */
export function PurgeDialog({ what, count, onClose, onDone }: PurgeDialogProps) {
  const { t } = useTranslation("bin");
  const { number } = useFormats();
  const [typed, setTyped] = useState("");
  const expected = confirmationOf(count);
  return (
    <JobFormDialog
      title={t("purge.title")}
      submit={t("purge.button")}
      danger
      disabled={typed.trim() !== expected}
      run={() =>
        answer(api.POST("/api/v1/bin/purge", { body: { ...what, confirm: typed.trim() } }))
      }
      onClose={onClose}
      {...(onDone ? { onStarted: onDone } : {})}
    >
      <Alert color="red">
        <Text size="sm">{t("purge.text", { count, formatted: number(count) })}</Text>
      </Alert>
      <TypedConfirm expected={expected} value={typed} onChange={setTyped} />
    </JobFormDialog>
  );
}
