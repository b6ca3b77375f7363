import { Alert, Button, Group, PasswordInput, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import type { Me } from "../../../api/types.ts";
import { useErrorText } from "../../../components/use-error-text.ts";
import { type Language, languages, speak } from "../../../i18n/index.ts";
import { Part } from "../Part.tsx";

export function NameForm({ me }: { me: Me }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const errorText = useErrorText();
  const form = useForm({
    initialValues: {
      name: me.user.name,
      email: me.user.email,
      locale: me.locale.startsWith("fr") ? "fr" : "en",
      current_password: "",
    },
  });
  const newEmail = form.values.email.trim() !== me.user.email;
  const save = useAct<Me>({
    act: () => {
      const { name, email, locale, current_password } = form.values;
      return answer(
        api.PATCH("/api/v1/me", {
          body: {
            name,
            locale,
            ...(newEmail ? { email: email.trim() } : {}),
            ...(newEmail && me.user.has_password ? { current_password } : {}),
          },
        }),
      );
    },
    changes: [["me"], ["users"]],
    ownError: true,
    done: t("saved"),
    onDone: () => {
      form.setFieldValue("current_password", "");
      form.resetDirty();
      void speak(form.values.locale as Language);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Part title={t("account.who")}>
        <TextInput
          label={t("name")}
          required
          maxLength={200}
          autoComplete="name"
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("email")}
          type="email"
          required
          autoComplete="email"
          {...form.getInputProps("email")}
        />
        {newEmail && me.user.has_password && (
          <PasswordInput
            label={t("account.currentPassword")}
            description={t("account.currentForEmail")}
            required
            autoComplete="current-password"
            {...form.getInputProps("current_password")}
          />
        )}
        <Select
          label={t("account.language")}
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          allowDeselect={false}
          {...form.getInputProps("locale")}
        />
        {save.error && (
          <Alert color="red" role="alert">
            {errorText(save.error)}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {common("save")}
          </Button>
        </Group>
      </Part>
    </form>
  );
}
