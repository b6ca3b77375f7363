import { Select, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { rolesQuery } from "../../../api/roles.ts";
import type { Answer } from "../../../api/types.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";

type User = Answer<"/api/v1/users", "post">;

interface NewUserDialogProps {
  onClose: () => void;
  onAdded: (user: User) => void;
}

/** Adds a user, who comes in by a link that is shown next. */
export function NewUserDialog({ onClose, onAdded }: NewUserDialogProps) {
  const { t } = useTranslation("settings");
  const roles = useQuery(rolesQuery);
  const form = useForm({ initialValues: { name: "", email: "", role_id: null as string | null } });
  const { name, email, role_id } = form.values;
  const add = useAct<User>({
    act: () => answer(api.POST("/api/v1/users", { body: { name, email, role_id: role_id ?? "" } })),
    changes: [["users"]],
    ownError: true,
    onDone: onAdded,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("users.add")}
      submit={t("users.addSubmit")}
      disabled={name.trim() === "" || email.trim() === "" || role_id === null}
      pending={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
    >
      <TextInput
        label={t("name")}
        required
        data-autofocus
        maxLength={200}
        {...form.getInputProps("name")}
      />
      <TextInput label={t("email")} type="email" required {...form.getInputProps("email")} />
      <Select
        label={t("users.role")}
        required
        data={(roles.data?.items ?? []).map((role) => ({ value: role.id, label: role.name }))}
        allowDeselect={false}
        {...form.getInputProps("role_id")}
      />
      <Text size="sm" c="dimmed">
        {t("users.addHint")}
      </Text>
    </FormDialog>
  );
}
