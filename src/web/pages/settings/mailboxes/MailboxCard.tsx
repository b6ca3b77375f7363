import { Alert, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { Moment } from "../../../components/Moment.tsx";
import { useErrorText } from "../../../components/use-error-text.ts";
import { Part } from "../Part.tsx";
import type { Mailbox } from "./types.ts";

/** One mailbox: where it is, when it was last read, and what is wrong with it. */
export function MailboxCard({ mailbox, onRemove }: { mailbox: Mailbox; onRemove: () => void }) {
  const { t } = useTranslation("mailboxes");
  const { t: settings } = useTranslation("settings");
  const errorText = useErrorText();
  const check = useAct({
    act: () =>
      answer(api.POST("/api/v1/mailboxes/{id}/check", { params: { path: { id: mailbox.id } } })),
    ownError: true,
  });
  return (
    <Part title={mailbox.name}>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {mailbox.username} · {mailbox.folder}
        <br />
        {mailbox.host}:{mailbox.port} · {settings(`sending.securities.${mailbox.security}`)}
        <br />
        {mailbox.polled_at ? (
          <>
            {t("read")} <Moment at={mailbox.polled_at} as="ago" />
          </>
        ) : (
          t("neverRead")
        )}
      </Text>
      {mailbox.problem && !check.isSuccess && (
        <Alert color="red" title={t("problem")}>
          {mailbox.problem}
        </Alert>
      )}
      {check.isSuccess && (
        <Alert color="green" role="status">
          {t("works")}
        </Alert>
      )}
      {check.error && (
        <Alert color="red" role="alert" title={t("fails")}>
          {errorText(check.error)}
        </Alert>
      )}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {t("check")}
        </Button>
        <Button size="xs" variant="default" onClick={onRemove}>
          {t("remove")}
        </Button>
      </Group>
    </Part>
  );
}
