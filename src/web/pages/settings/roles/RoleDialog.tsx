import { Checkbox, Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";
import type { Permission, PermissionName, Role } from "./types.ts";

interface RoleDialogProps {
  /** Absent for a new one. */
  edited: Role | null;
  permissions: readonly Permission[];
  onClose: () => void;
}

export function RoleDialog({ edited: role, permissions, onClose }: RoleDialogProps) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: {
      name: role?.name ?? "",
      visibility: role?.visibility ?? ("all" as Role["visibility"]),
      permissions: role?.permissions ?? ["contacts.view"],
    },
  });
  const save = useAct<Role>({
    act: () => {
      const body = {
        ...form.values,
        name: form.values.name.trim(),
        permissions: form.values.permissions as PermissionName[],
      };
      return role
        ? answer(api.PATCH("/api/v1/roles/{id}", { params: { path: { id: role.id } }, body }))
        : answer(api.POST("/api/v1/roles", { body }));
    },
    changes: [["roles"], ["me"]],
    ownError: true,
    done: t("saved"),
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="lg"
      title={role ? `${common("edit")}: ${role.name}` : t("roles.add")}
      submit={common("save")}
      disabled={form.values.name.trim() === ""}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <TextInput
        label={t("name")}
        required
        data-autofocus
        maxLength={200}
        {...form.getInputProps("name")}
      />
      <Radio.Group label={t("roles.visibility")} {...form.getInputProps("visibility")}>
        <Stack gap={6} mt={4}>
          <Radio value="all" label={t("roles.seesAll")} />
          <Radio value="own" label={t("roles.seesOwn")} />
        </Stack>
      </Radio.Group>
      <Checkbox.Group label={t("roles.permissions")} {...form.getInputProps("permissions")}>
        <Stack gap="xs" mt={4}>
          {permissions.map(({ permission, description }) => (
            <Checkbox
              key={permission}
              value={permission}
              label={permission}
              description={description}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </FormDialog>
  );
}
