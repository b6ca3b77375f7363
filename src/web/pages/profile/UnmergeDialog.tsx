import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Contact } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { nameOf } from "../../components/naming.ts";

interface UnmergeDialogProps {
  contact: Contact;
  otherId: string;
  onClose: () => void;
}

/** Takes the last merge into a contact apart. */
export function UnmergeDialog({ contact, otherId, onClose }: UnmergeDialogProps) {
  const { t } = useTranslation("profileMenu");
  const unmerge = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/contacts/{id}/unmerge", {
          params: { path: { id: contact.id } },
          body: { with: otherId },
        }),
      ),
    changes: [["contacts"], ["lists"], ["campaigns"], ["ledger"]],
    done: ({ restored }) => t("unmerge.done", { name: nameOf(restored) }),
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("unmerge.title")}
      submit={t("unmerge.submit")}
      pending={unmerge.isPending}
      error={unmerge.error}
      onSubmit={() => unmerge.mutate()}
    >
      <Text size="sm">{t("unmerge.text", { name: nameOf(contact) })}</Text>
      <Text size="sm">{t("unmerge.stops")}</Text>
    </FormDialog>
  );
}
