import { Alert, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { Failure, Loading } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { accountsQuery, audienceQuery } from "./queries.ts";
import { RefusedTable } from "./RefusedTable.tsx";
import { accountFor, stepChannels } from "./step-channel.ts";
import type { Campaign } from "./types.ts";

/** The last look before mail goes out: to how many, from where, and whether it leaves at all. */
export function StartDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation("campaigns");
  const { t: common } = useTranslation();
  const { number } = useFormats();
  const navigate = useNavigate();
  const audience = useQuery({ ...audienceQuery(campaign.id), staleTime: 0 });
  const accounts = useQuery(accountsQuery);
  const used = stepChannels
    .filter((channel) => campaign.steps.some((step) => step.channel === channel))
    .flatMap((channel) => accountFor(accounts.data?.items ?? [], campaign, channel) ?? []);
  const kept = used.filter((account) => account.provider === "sink");
  const start = useAct({
    act: () =>
      answer(api.POST("/api/v1/campaigns/{id}/start", { params: { path: { id: campaign.id } } })),
    changes: [["campaigns"], ["jobs"]],
    ownError: true,
    done: t("startDialog.done"),
    onDone() {
      onClose();
      void navigate({
        to: "/campaigns/$id",
        params: { id: campaign.id },
        search: { tab: "results" },
      });
    },
  });
  const eligible = audience.data?.eligible ?? 0;
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="lg"
      title={t("startDialog.title", { name: campaign.name })}
      submit={t("startDialog.submit", { count: eligible, formatted: number(eligible) })}
      disabled={!audience.data}
      pending={start.isPending}
      error={start.error}
      onSubmit={() => start.mutate()}
    >
      {audience.error ? (
        <Failure error={audience.error} retry={() => void audience.refetch()} />
      ) : !audience.data ? (
        <Loading />
      ) : (
        <>
          <Text>
            {t("startDialog.text", { count: eligible, formatted: number(eligible) })}{" "}
            {t("startDialog.steps", { count: campaign.steps.length })}
          </Text>
          <RefusedTable audience={audience.data} />
          <Text size="sm">{t("startDialog.gate")}</Text>
        </>
      )}
      {kept.length > 0 && (
        <Alert
          icon={<IconMailOff />}
          color="yellow"
          title={t("startDialog.sink", {
            channels: kept.map(({ channel }) => common(`channel.${channel}`)).join(", "),
          })}
        >
          {t("startDialog.sinkText")}
        </Alert>
      )}
      {used
        .filter((account) => account.provider !== "sink")
        .map((account) => (
          <Text size="sm" key={account.id}>
            {t("startDialog.account", {
              channel: common(`channel.${account.channel}`),
              name: account.name,
              address: account.from_address,
            })}
          </Text>
        ))}
    </FormDialog>
  );
}
