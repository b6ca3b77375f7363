import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface TypedConfirmProps {
  /** The word or number that must be typed. */
  expected: string;
  value: string;
  onChange: (typed: string) => void;
}

/** The word or number that confirms; it shows what is expected, and nothing is filled in. */
export function TypedConfirm({ expected, value, onChange }: TypedConfirmProps) {
  const { t } = useTranslation("removal");
  const isNumber = /^\d+$/.test(expected);
  return (
    <TextInput
      label={isNumber ? t("typeNumber", { expected }) : t("typeWord", { expected })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
      maxLength={40}
      {...(isNumber ? { inputMode: "numeric" as const } : {})}
    />
  );
}

/** What must be typed for so many, as the API asks it: the word up to ten, then the number. */
export function confirmationOf(count: number): string {
  return count <= 10 ? "DELETE" : String(count);
}
