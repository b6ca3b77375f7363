import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "../api/act.ts";
import { answer, api } from "../api/client.ts";
import type { Item } from "../api/types.ts";
import { useFormats } from "../i18n/format.ts";
import { useWhyNot } from "./May.tsx";

type Account = Pick<Item<"/api/v1/sending-accounts">, "id" | "name" | "breaker">;

/** That an account's breaker has tripped, why, and how to go on; nothing while it has not. */
export function BreakerNotice({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { number, percent, moment } = useFormats();
  const whyNot = useWhyNot()("accounts.edit");
  const reset = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/sending-accounts/{id}/breaker-reset", {
          params: { path: { id: account.id } },
        }),
      ),
    changes: [["sending-accounts"]],
    done: t("breaker.resetDone"),
  });
  const { breaker } = account;
  if (breaker.tripped_at === null || breaker.tripped_because === null) return null;
  const handedOver = breaker.accepted + breaker.refused;
  const share = (count: number) => ({
    value: number(count),
    of: number(handedOver),
    percent: percent(handedOver === 0 ? 0 : count / handedOver),
  });
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle />}
      title={t(`breaker.title.${breaker.tripped_because}`, { name: account.name })}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {t("breaker.since", { at: moment(breaker.tripped_at) })}
          <br />
          {t("breaker.figures", { days: number(breaker.days) })}{" "}
          {t("breaker.hardBounces", share(breaker.hard_bounces))}{" "}
          {t("breaker.complaints", share(breaker.complaints))}
        </Text>
        <Text size="sm">{t("breaker.whatToDo")}</Text>
        <Button
          size="compact-md"
          color="red"
          loading={reset.isPending}
          disabled={whyNot !== undefined}
          title={whyNot}
          onClick={() => reset.mutate()}
        >
          {t("breaker.reset")}
        </Button>
      </Stack>
    </Alert>
  );
}
