import {
  Alert,
  Card,
  Checkbox,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { ListsChoice } from "../../components/ListsChoice.tsx";
import { useErrorText } from "../../components/use-error-text.ts";
import { AudienceCount } from "./AudienceCount.tsx";
import { accountsQuery, topicsQuery } from "./queries.ts";
import { StepsField } from "./StepsField.tsx";
import type { Campaign } from "./types.ts";
import { type DraftStep, useDraft } from "./use-draft.ts";
import { WindowField } from "./WindowField.tsx";

/** Everything of a draft, saved as it is written. */
export function CampaignSetup({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const { t: common } = useTranslation();
  const errorText = useErrorText();
  const { draft, change, saving, saved, error } = useDraft(campaign);
  const accounts = useQuery(accountsQuery);
  const topics = useQuery(topicsQuery);
  const usable = accounts.data?.items.filter((each) => each.archived_at === null) ?? [];
  const channel = draft.steps[0]?.channel ?? "email";
  const fitting = usable.filter((each) => each.channel === channel);
  const byDefault = fitting.find((each) => each.is_default);
  const changeSteps = (steps: DraftStep[]) => {
    const first = steps[0]?.channel ?? "email";
    const own = usable.find((each) => each.id === draft.sending_account_id);
    // The campaign's account is for the first step's channel; another channel needs another one.
    change({ steps, ...(own && own.channel !== first ? { sending_account_id: null } : {}) });
  };
  return (
    <Stack>
      <Group gap="xs" mih={24}>
        <Text size="sm" c="dimmed" role="status">
          {error ? "" : saving ? t("saving") : saved ? t("saved") : t("savesItself")}
        </Text>
      </Group>
      {error && (
        <Alert color="red" role="alert" title={t("notSaved")}>
          {errorText(error)}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }} style={{ alignItems: "start" }}>
        <Part title={t("steps")} hint={t("stepsHint")}>
          <StepsField
            steps={draft.steps}
            accountId={draft.sending_account_id}
            onChange={changeSteps}
          />
        </Part>
        <Stack>
          <Part title={t("audience.title")}>
            <ListsChoice
              label={t("audience.lists")}
              placeholder={draft.list_ids.length === 0 ? t("audience.listsHint") : ""}
              value={draft.list_ids}
              onChange={(list_ids) => change({ list_ids })}
              without={draft.excluded_list_ids}
            />
            <ListsChoice
              label={t("audience.excluded")}
              description={t("audience.excludedHint")}
              value={draft.excluded_list_ids}
              onChange={(excluded_list_ids) => change({ excluded_list_ids })}
              without={draft.list_ids}
            />
            <AudienceCount campaign={campaign} stale={saving} />
          </Part>
          <Part title={t("sending")}>
            <Select
              label={t("account")}
              description={t("accountHint", { channel: common(`channel.${channel}`) })}
              placeholder={
                byDefault ? t("accountDefault", { name: byDefault.name }) : t("accountNone")
              }
              data={fitting.map((each) => ({
                value: each.id,
                label: `${each.name} (${each.from_address})`,
              }))}
              value={draft.sending_account_id}
              onChange={(sending_account_id) => change({ sending_account_id })}
              clearable
            />
            <Select
              label={t("topic")}
              description={t("topicHint")}
              placeholder={t("topicNone")}
              data={(topics.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              value={draft.topic_id}
              onChange={(topic_id) => change({ topic_id })}
              clearable
            />
            <Checkbox
              label={t("stopOnReply")}
              description={t("stopOnReplyHint")}
              checked={draft.stop_on_reply}
              onChange={(event) => change({ stop_on_reply: event.currentTarget.checked })}
            />
          </Part>
          <Part title={t("window.title")} hint={t("window.hint")}>
            <WindowField
              window={draft.sending_window}
              timeZone={draft.time_zone}
              onChange={change}
            />
          </Part>
        </Stack>
      </SimpleGrid>
    </Stack>
  );
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const heading = useId();
  return (
    <Card withBorder component="section" aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {title}
      </Title>
      {hint && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
      <Stack mt="sm">{children}</Stack>
    </Card>
  );
}
