import { NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { fieldsOf, type ProviderField, providers, relays } from "./providers.ts";
import type { Account } from "./types.ts";
import type { AccountForm } from "./use-account-form.ts";

const usualPort = { tls: 465, starttls: 587, none: 25 } as const;
/** Examples and usual values, which no language changes. */
const examples: Partial<Record<ProviderField, string>> = {
  region: "eu-west-1",
  domain: "mg.example.org",
  message_stream: "outbound",
  topic_arn: "arn:aws:sns:eu-west-1:123456789012:heed",
};

interface ProviderFieldsProps {
  form: AccountForm;
  /** Null for a new one. */
  account: Account | null;
}

/** What the chosen provider asks for, in its own words. */
export function ProviderFields({ form, account }: ProviderFieldsProps) {
  const { t } = useTranslation("providers");
  const { provider, events_by } = form.values;
  if (provider === "sink") return null;
  const { required } = providers[provider];
  const control = (field: ProviderField) => {
    const needed = required.includes(field);
    switch (field) {
      case "server":
        return <ServerFields key={field} form={form} />;
      case "username":
        return (
          <TextInput
            key={field}
            label={t(`usernames.${provider as "smtp"}`)}
            required={needed}
            autoComplete="off"
            {...form.getInputProps(field)}
          />
        );
      case "password":
        return (
          <PasswordInput
            key={field}
            label={t(`passwords.${provider}`)}
            description={account?.has_password ? t("kept") : t("sealed")}
            required={needed && !account?.has_password}
            autoComplete="new-password"
            {...form.getInputProps(field)}
          />
        );
      case "hook_secret":
        return (
          <PasswordInput
            key={field}
            label={t(
              `hookSecrets.${(provider === "smtp" ? events_by : provider) as "mailgun" | "postmark" | "http"}`,
            )}
            description={account?.has_hook_secret ? t("kept") : t("hookSecretHint")}
            autoComplete="new-password"
            {...form.getInputProps(field)}
          />
        );
      case "events_by":
        return (
          <Select
            key={field}
            label={t("eventsBy")}
            description={t("eventsByHint")}
            placeholder={t("eventsByNobody")}
            clearable
            data={relays.map((value) => ({ value, label: providers[value].name }))}
            {...form.getInputProps(field)}
          />
        );
      case "base_url":
        return (
          <TextInput
            key={field}
            label={t("baseUrl")}
            description={t(`baseUrls.${provider as "http"}`)}
            placeholder={provider === "mailgun" ? "https://api.eu.mailgun.net" : "https://"}
            required={needed}
            {...form.getInputProps(field)}
          />
        );
      default:
        return (
          <TextInput
            key={field}
            label={t(`settings.${field}`)}
            description={t(`settingHints.${field}`)}
            placeholder={examples[field] ?? ""}
            required={needed}
            autoComplete="off"
            {...form.getInputProps(field)}
          />
        );
    }
  };
  return <>{fieldsOf(provider, events_by).map(control)}</>;
}

function ServerFields({ form }: { form: AccountForm }) {
  const { t } = useTranslation("settings");
  return (
    <>
      <TextInput
        label={t("sending.host")}
        placeholder="smtp.example.org"
        required
        {...form.getInputProps("host")}
      />
      <Select
        label={t("sending.security")}
        data={(["starttls", "tls", "none"] as const).map((value) => ({
          value,
          label: t(`sending.securities.${value}`),
        }))}
        allowDeselect={false}
        {...form.getInputProps("security")}
      />
      <NumberInput
        label={t("sending.port")}
        placeholder={String(usualPort[form.values.security])}
        min={1}
        max={65_535}
        allowDecimal={false}
        thousandSeparator=""
        {...form.getInputProps("port")}
      />
    </>
  );
}
