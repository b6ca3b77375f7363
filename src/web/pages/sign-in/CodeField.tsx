import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** The second factor's six digits. */
export function CodeField({
  value,
  onChange,
}: {
  value: string;
  onChange: (code: string) => void;
}) {
  const { t } = useTranslation("signIn");
  return (
    <TextInput
      label={t("code")}
      description={t("codeHint")}
      inputMode="numeric"
      autoComplete="one-time-code"
      required
      autoFocus
      maxLength={8}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ""))}
    />
  );
}
