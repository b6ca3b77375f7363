import { Alert, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Me } from "../../api/types.ts";
import { useErrorText } from "../../components/use-error-text.ts";
import { CodeField } from "./CodeField.tsx";

export function PasswordForm({ onEnter }: { onEnter: (me: Me) => void }) {
  const { t } = useTranslation("signIn");
  const errorText = useErrorText();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const signIn = useAct<Me>({
    act: () =>
      answer(
        api.POST("/api/v1/sessions", { body: { email, password, ...(totp ? { totp } : {}) } }),
      ),
    ownError: true,
    onDone: onEnter,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(undefined, {
      onError: (error) => {
        if (error.code === "second_factor_needed") setNeedsCode(true);
      },
    });
  };
  const asksForCode = signIn.error?.code === "second_factor_needed";
  return (
    <form onSubmit={submit}>
      <Stack>
        {signIn.error && !(asksForCode && totp === "") && (
          <Alert color="red" role="alert">
            {errorText(signIn.error)}
          </Alert>
        )}
        <TextInput
          label={t("email")}
          type="email"
          autoComplete="username"
          required
          data-autofocus
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("password")}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {needsCode && <CodeField value={totp} onChange={setTotp} />}
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {t("signIn")}
        </Button>
        <Text size="sm" c="dimmed">
          <b>{t("noPassword")}</b> {t("noPasswordHint")}
        </Text>
      </Stack>
    </form>
  );
}
