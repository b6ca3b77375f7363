import { Alert, Badge, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import type { Answer } from "../../../api/types.ts";
import { BreakerNotice } from "../../../components/BreakerNotice.tsx";
import { CopyText } from "../../../components/CopyText.tsx";
import { May } from "../../../components/May.tsx";
import { useFormats } from "../../../i18n/format.ts";
import { Part } from "../Part.tsx";
import { providers } from "./providers.ts";
import type { Account } from "./types.ts";
import { WebhookPart } from "./WebhookPart.tsx";

type Check = Answer<"/api/v1/sending-accounts/{id}/check", "post">;

interface AccountCardProps {
  account: Account;
  onEdit: () => void;
  onDkim: () => void;
  onArchive: () => void;
}

/** One account: how it sends, its DNS record, and what can be done to it. */
export function AccountCard({ account, onEdit, onDkim, onArchive }: AccountCardProps) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const { number } = useFormats();
  const params = { path: { id: account.id } };
  const check = useAct<Check>({
    act: () => answer(api.POST("/api/v1/sending-accounts/{id}/check", { params })),
  });
  const makeDefault = useAct({
    act: () =>
      answer(api.PATCH("/api/v1/sending-accounts/{id}", { params, body: { is_default: true } })),
    changes: [["sending-accounts"]],
    done: t("sending.isDefaultNow", { name: account.name }),
  });
  const limits = [
    account.per_second !== null && t("sending.perSecondOf", { value: number(account.per_second) }),
    account.per_day !== null && t("sending.perDayOf", { value: number(account.per_day) }),
  ].filter(Boolean);
  const smtp = account.provider === "smtp";
  const sink = account.provider === "sink";
  return (
    <Part title={account.name}>
      <BreakerNotice account={account} />
      <Group gap="xs">
        <Badge variant="dot" color={sink ? "yellow" : "green"}>
          {sink ? t("sending.sink") : providers[account.provider].name}
        </Badge>
        <Badge variant="default">{common(`channel.${account.channel}`)}</Badge>
        {account.is_default && (
          <Badge variant="dot" color="indigo">
            {t("sending.default")}
          </Badge>
        )}
        {account.archived_at && (
          <Badge variant="dot" color="gray">
            {t("sending.archived")}
          </Badge>
        )}
      </Group>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {account.from_name
          ? `${account.from_name} <${account.from_address}>`
          : account.from_address}
        {smtp && account.host !== null && (
          <>
            <br />
            {account.host}:{account.port} · {t(`sending.securities.${account.security}`)}
            {account.username && ` · ${account.username}`}
          </>
        )}
        <br />
        {limits.length > 0 ? limits.join(", ") : t("sending.noLimit")}
      </Text>
      {sink && <Text size="sm">{t("sending.sinkHint")}</Text>}
      <WebhookPart account={account} />
      {account.dkim && (
        <div>
          <Text size="sm" fw={600}>
            DKIM: {account.dkim.selector}, {account.dkim.domain} ({account.dkim.algorithm})
          </Text>
          <Text size="sm" mb={4}>
            {t("sending.publish")}
          </Text>
          <CopyText text={account.dkim.dns_record.name} label={t("sending.recordName")} />
          <div style={{ height: 6 }} />
          <CopyText text={account.dkim.dns_record.value} label={t("sending.recordValue")} />
        </div>
      )}
      {check.data && (
        <Alert
          color={check.data.ok ? "green" : "red"}
          role="status"
          title={check.data.ok ? t("sending.checkOk") : t("sending.checkFailed")}
        >
          {check.data.message}
        </Alert>
      )}
      {account.archived_at === null && (
        <May permission="accounts.edit">
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={onEdit}>
              {common("edit")}
            </Button>
            {!sink && (
              <>
                <Button
                  size="xs"
                  variant="default"
                  loading={check.isPending}
                  onClick={() => check.mutate()}
                >
                  {t("sending.check")}
                </Button>
                {account.channel === "email" && (
                  <Button size="xs" variant="default" onClick={onDkim}>
                    {account.dkim ? t("sending.changeDkim") : t("sending.setDkim")}
                  </Button>
                )}
              </>
            )}
            {!account.is_default && (
              <Button
                size="xs"
                variant="default"
                loading={makeDefault.isPending}
                onClick={() => makeDefault.mutate()}
              >
                {t("sending.makeDefault")}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={onArchive}>
              {t("sending.archive")}
            </Button>
          </Group>
        </May>
      )}
    </Part>
  );
}
