import { Alert, Button, Stack, Text } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Me } from "../../api/types.ts";
import { useErrorText } from "../../components/use-error-text.ts";
import { CodeField } from "./CodeField.tsx";

/** Signs in by a one-time link at once; asks for the second factor where one is set. */
export function LinkForm({ token, onEnter }: { token: string; onEnter: (me: Me) => void }) {
  const { t } = useTranslation("signIn");
  const errorText = useErrorText();
  const [totp, setTotp] = useState("");
  const tried = useRef(false);
  const { mutate, error, isPending } = useAct<Me>({
    act: () =>
      answer(api.POST("/api/v1/sessions/link", { body: { token, ...(totp ? { totp } : {}) } })),
    ownError: true,
    onDone: onEnter,
  });
  useEffect(() => {
    // The link works once, and React runs effects twice in development.
    if (tried.current) return;
    tried.current = true;
    mutate();
  }, [mutate]);
  const needsCode = error?.code === "second_factor_needed" || totp !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  if (needsCode) {
    return (
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t("linkReady")}</Text>
          {error && error.code !== "second_factor_needed" && (
            <Alert color="red" role="alert">
              {errorText(error)}
            </Alert>
          )}
          <CodeField value={totp} onChange={setTotp} />
          <Button type="submit" loading={isPending}>
            {t("signIn")}
          </Button>
        </Stack>
      </form>
    );
  }
  if (error) {
    return (
      <Alert color="red" title={t("linkFailed")} role="alert">
        {errorText(error)}
      </Alert>
    );
  }
  return <Text role="status">{t("byLink")}</Text>;
}
