import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";
import type { Mailbox } from "./types.ts";

export function RemoveMailboxDialog({
  mailbox,
  onClose,
}: {
  mailbox: Mailbox;
  onClose: () => void;
}) {
  const { t } = useTranslation("mailboxes");
  const remove = useAct({
    act: () =>
      answer(api.DELETE("/api/v1/mailboxes/{id}", { params: { path: { id: mailbox.id } } })),
    changes: [["mailboxes"]],
    ownError: true,
    done: t("removed"),
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("removeTitle", { name: mailbox.name })}
      submit={t("remove")}
      danger
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate()}
    >
      <Text>{t("removeText")}</Text>
    </FormDialog>
  );
}
