import { Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Contact } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { nameOf } from "../../components/naming.ts";
import { useReceiptText } from "../../components/receipt-text.ts";
import { changedByStops } from "./queries.ts";

export function DeactivateDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation("profile");
  const receiptText = useReceiptText();
  const [because, setBecause] = useState("");
  const name = nameOf(contact);
  const deactivate = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/contacts/{id}/deactivation", {
          params: { path: { id: contact.id } },
          body: { because: because.trim() },
        }),
      ),
    changes: changedByStops,
    done: (receipt) => `${t("deactivate.done", { name })} ${receiptText([receipt])}`,
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("deactivate.title", { name })}
      submit={t("deactivate.button")}
      danger
      pending={deactivate.isPending}
      error={deactivate.error}
      onSubmit={() => deactivate.mutate()}
    >
      <Text size="sm">{t("deactivate.text")}</Text>
      <Textarea
        label={t("deactivate.because")}
        description={t("deactivate.becauseHint")}
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
