import { Alert, Anchor, List, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useListNames } from "../../components/ListsChoice.tsx";
import { useWhyNot } from "../../components/May.tsx";
import { accountsQuery, templatesQuery, topicsQuery } from "./queries.ts";
import type { Campaign } from "./types.ts";
import { useDelayWords } from "./use-delay-words.ts";
import { useWeekdays } from "./weekdays.ts";

/** What a campaign is, where it can no longer change. */
export function SetupSummary({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const { t: common } = useTranslation();
  const delayWords = useDelayWords();
  const weekdays = useWeekdays("short");
  const whyNot = useWhyNot()("campaigns.edit");
  const { list_ids, excluded_list_ids } = campaign.audience;
  const listNames = useListNames([...list_ids, ...excluded_list_ids]);
  const accounts = useQuery(accountsQuery).data?.items;
  const templates = useQuery(templatesQuery).data?.items;
  const topics = useQuery(topicsQuery).data?.items;
  const account = accounts?.find((each) => each.id === campaign.sending_account_id);
  const accountName = (id: string | null) => accounts?.find((each) => each.id === id)?.name ?? "…";
  const topic = topics?.find((each) => each.id === campaign.topic_id);
  const names = (ids: readonly string[]) =>
    ids.length === 0
      ? common("none")
      : ids.map((id, index) => (
          <span key={id}>
            {index > 0 && ", "}
            <Anchor component={Link} to={`/lists/${id}`} size="sm">
              {listNames.get(id) ?? "…"}
            </Anchor>
          </span>
        ));
  const window = campaign.sending_window;
  return (
    <Stack maw={820}>
      <Alert color="gray" variant="default">
        {campaign.state === "draft" ? whyNot : t("fixed")}
      </Alert>
      <Table variant="vertical" layout="fixed" withTableBorder>
        <Table.Tbody>
          <Row label={t("steps")}>
            <List type="ordered" size="sm">
              {campaign.steps.map((step, index) => (
                <List.Item key={index}>
                  {templates?.find((each) => each.id === step.template_id)?.name ?? "…"},{" "}
                  {common(`channel.${step.channel}`)}, {delayWords(step.delay)}{" "}
                  {index === 0 ? t("delay.afterStart") : t("delay.afterStep")}
                  {step.account_id !== campaign.sending_account_id && (
                    <> · {t("stepBy", { name: accountName(step.account_id) })}</>
                  )}
                </List.Item>
              ))}
            </List>
          </Row>
          <Row label={t("audience.lists")}>{names(list_ids)}</Row>
          <Row label={t("audience.excluded")}>{names(excluded_list_ids)}</Row>
          <Row label={t("account")}>
            {account ? `${account.name} (${account.from_address})` : t("accountOfDefault")}
          </Row>
          <Row label={t("topic")}>{topic?.name ?? t("topicNone")}</Row>
          <Row label={t("stopOnReply")}>
            {campaign.stop_on_reply ? common("yes") : common("no")}
          </Row>
          <Row label={t("window.title")}>
            {window
              ? `${window.days.map((day) => weekdays[day - 1]).join(", ")}, ${window.from}–${window.to}`
              : t("window.any")}
            <Text size="sm" c="dimmed">
              {campaign.time_zone}
            </Text>
          </Row>
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th w={{ base: 120, xs: 200 }} scope="row">
        {label}
      </Table.Th>
      <Table.Td style={{ overflowWrap: "anywhere" }}>{children}</Table.Td>
    </Table.Tr>
  );
}
