import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";
import type { Role } from "./types.ts";

export function DeleteRoleDialog({ role, onClose }: { role: Role; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const remove = useAct({
    act: () => answer(api.DELETE("/api/v1/roles/{id}", { params: { path: { id: role.id } } })),
    changes: [["roles"]],
    ownError: true,
    done: t("roles.deleted"),
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("roles.deleteTitle", { name: role.name })}
      submit={t("roles.delete")}
      danger
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate()}
    >
      <Text>{t("roles.deleteText")}</Text>
    </FormDialog>
  );
}
