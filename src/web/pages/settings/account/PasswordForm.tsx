import { Alert, Button, Group, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import type { Me } from "../../../api/types.ts";
import { useErrorText } from "../../../components/use-error-text.ts";
import { Part } from "../Part.tsx";

export function PasswordForm({ me }: { me: Me }) {
  const { t } = useTranslation("settings");
  const errorText = useErrorText();
  const form = useForm({ initialValues: { password: "", current_password: "" } });
  const save = useAct<Me>({
    act: () => {
      const { password, current_password } = form.values;
      return answer(
        api.PATCH("/api/v1/me", {
          body: { password, ...(me.user.has_password ? { current_password } : {}) },
        }),
      );
    },
    changes: [["me"]],
    ownError: true,
    done: t("account.passwordSaved"),
    onDone: () => form.reset(),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Part
        title={t("account.password")}
        hint={me.user.has_password ? t("account.passwordHint") : t("account.noPassword")}
      >
        {me.user.has_password && (
          <PasswordInput
            label={t("account.currentPassword")}
            required
            autoComplete="current-password"
            {...form.getInputProps("current_password")}
          />
        )}
        <PasswordInput
          label={t("account.newPassword")}
          description={t("account.newPasswordHint")}
          required
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        {save.error && (
          <Alert color="red" role="alert">
            {errorText(save.error)}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={form.values.password === ""}>
            {t("account.setPassword")}
          </Button>
        </Group>
      </Part>
    </form>
  );
}
