import { Button, Group, Select, Switch, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { rolesQuery } from "../../../api/roles.ts";
import type { Colleague } from "../../../api/users.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";

export function EditUserDialog({ user, onClose }: { user: Colleague; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const roles = useQuery(rolesQuery);
  const params = { path: { id: user.id } };
  const more = useQuery({
    queryKey: ["users", user.id],
    queryFn: () => answer(api.GET("/api/v1/users/{id}", { params })),
  });
  const form = useForm({
    initialValues: { name: user.name, role_id: user.role.id, disabled: user.disabled },
  });
  const save = useAct({
    act: () => answer(api.PATCH("/api/v1/users/{id}", { params, body: form.values })),
    changes: [["users"], ["me"]],
    ownError: true,
    done: t("saved"),
    onDone: onClose,
  });
  const removeFactor = useAct({
    act: () => answer(api.DELETE("/api/v1/users/{id}/totp", { params })),
    changes: [["users"]],
    done: t("account.factorRemoved"),
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`${t("users.edit")}: ${user.name}`}
      submit={common("save")}
      disabled={!form.isDirty()}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <Text size="sm" c="dimmed">
        {user.email}
        {more.data &&
          ` · ${more.data.has_password ? t("users.hasPassword") : t("users.noPassword")}`}
        {more.data && ` · ${more.data.totp_enabled ? t("users.hasFactor") : t("users.noFactor")}`}
      </Text>
      <TextInput
        label={t("name")}
        required
        data-autofocus
        maxLength={200}
        {...form.getInputProps("name")}
      />
      <Select
        label={t("users.role")}
        data={(roles.data?.items ?? []).map((role) => ({ value: role.id, label: role.name }))}
        allowDeselect={false}
        {...form.getInputProps("role_id")}
      />
      <Switch
        label={t("users.disable")}
        description={t("users.disableHint")}
        {...form.getInputProps("disabled", { type: "checkbox" })}
      />
      {more.data?.totp_enabled && (
        <Group>
          <Button
            variant="default"
            loading={removeFactor.isPending}
            onClick={() => removeFactor.mutate()}
          >
            {t("users.removeFactor")}
          </Button>
        </Group>
      )}
    </FormDialog>
  );
}
