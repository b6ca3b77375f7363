import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyText } from "../../../components/CopyText.tsx";
import { hookProviderOf, type Provider, providers } from "./providers.ts";
import type { Account } from "./types.ts";

type HookProvider = Exclude<Provider, "sink" | "smtp">;

/** Where the provider tells what became of messages: the address to copy, and where to enter it there. */
export function WebhookPart({ account }: { account: Account }) {
  const { t } = useTranslation("providers");
  const by = hookProviderOf(account);
  if (!account.hook_path || by === null) return null;
  const missing = missingProof(account, by);
  const address = new URL(account.hook_path, window.location.origin).href;
  return (
    <div>
      <Text size="sm" fw={600}>
        {t("webhook")}
      </Text>
      <Text size="sm" mb={4}>
        {t(`webhookSteps.${by}`, { name: providers[by].name })}
      </Text>
      <CopyText
        text={by === "postmark" ? address.replace("://", "://heed:PASSWORD@") : address}
        label={t("webhook")}
      />
      {missing && (
        <Alert color="yellow" mt="xs" p="xs">
          {t("proofMissing", { what: missing })}
        </Alert>
      )}
    </div>
  );

  function missingProof({ settings, has_hook_secret }: Account, hook: HookProvider) {
    if (hook === "ses") return settings.topic_arn ? null : t("settings.topic_arn");
    if (hook === "sendgrid")
      return settings.verification_key ? null : t("settings.verification_key");
    if (hook === "twilio") return null;
    return has_hook_secret ? null : t(`hookSecrets.${hook}`);
  }
}
