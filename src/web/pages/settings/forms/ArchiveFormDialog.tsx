import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import type { SignUpForm } from "../../../api/types.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";

/** Takes a form out of use. */
export function ArchiveFormDialog({ form, onClose }: { form: SignUpForm; onClose: () => void }) {
  const { t } = useTranslation("forms");
  const archive = useAct({
    act: () => answer(api.DELETE("/api/v1/forms/{id}", { params: { path: { id: form.id } } })),
    changes: [["forms"]],
    done: t("archived"),
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("archiveTitle", { name: form.name })}
      submit={t("archive")}
      danger
      pending={archive.isPending}
      error={archive.error}
      onSubmit={() => archive.mutate()}
    >
      <Text size="sm">{t("archiveText")}</Text>
    </FormDialog>
  );
}
