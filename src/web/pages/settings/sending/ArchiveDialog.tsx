import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";
import type { Account } from "./types.ts";

export function ArchiveDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const archive = useAct({
    act: () =>
      answer(api.DELETE("/api/v1/sending-accounts/{id}", { params: { path: { id: account.id } } })),
    changes: [["sending-accounts"]],
    ownError: true,
    done: t("sending.archivedDone"),
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("sending.archiveTitle", { name: account.name })}
      submit={t("sending.archive")}
      danger
      pending={archive.isPending}
      error={archive.error}
      onSubmit={() => archive.mutate()}
    >
      <Text>{t("sending.archiveText")}</Text>
    </FormDialog>
  );
}
