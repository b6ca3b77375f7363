import { Card, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { HoursChart } from "./HoursChart.tsx";
import { resultsQuery } from "./queries.ts";
import { StepsTable } from "./StepsTable.tsx";
import { type Campaign, followUpStates, type LiveResults } from "./types.ts";

interface CampaignResultsProps {
  campaign: Campaign;
  live: LiveResults | undefined;
}

/** What a campaign has done so far; the figures move while it runs. */
export function CampaignResults({ campaign, live }: CampaignResultsProps) {
  const { t } = useTranslation("campaigns");
  const query = useQuery({
    ...resultsQuery(campaign.id),
    // The stream tells the figures; the hours come with the reads.
    refetchInterval: campaign.state === "finished" ? false : 30_000,
  });
  return (
    <Loaded query={query}>
      {(read) => {
        const results = { ...read, ...(live ?? {}) };
        return (
          <Stack>
            <Figures results={results} />
            <Card withBorder component="section" aria-labelledby="by-step">
              <Title order={2} id="by-step" mb="sm">
                {t("byStep")}
              </Title>
              <StepsTable campaign={campaign} results={results} />
            </Card>
            <Card withBorder component="section" aria-labelledby="by-hour">
              <Title order={2} id="by-hour" mb="sm">
                {t("byHour")}
              </Title>
              <HoursChart hours={results.by_hour} />
            </Card>
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Figures({ results }: { results: LiveResults }) {
  const { t } = useTranslation("campaigns");
  const { number, percent } = useFormats();
  const { total, by_state } = results;
  const share = (part: number) => (total.sent > 0 ? percent(part / total.sent) : "");
  const people = followUpStates.map((state) => ({ state, count: by_state[state] ?? 0 }));
  const all = people.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} component="dl" m={0}>
        <Figure label={t("figure.queued")} value={number(total.queued)} />
        <Figure label={t("figure.sent")} value={number(total.sent)} />
        <Figure
          label={t("figure.replied")}
          value={number(total.replied)}
          note={share(total.replied)}
        />
        <Figure
          label={t("figure.unsubscribed")}
          value={number(total.unsubscribed)}
          note={share(total.unsubscribed)}
        />
        <Figure
          label={t("figure.bounced")}
          value={number(total.bounced)}
          note={share(total.bounced)}
        />
        <Figure label={t("figure.cancelled")} value={number(total.cancelled)} />
      </SimpleGrid>
      <Group gap="md" role="group" aria-label={t("people")}>
        <Text size="sm" fw={600}>
          {t("peopleCount", { count: all, formatted: number(all) })}
        </Text>
        {people
          .filter(({ count }) => count > 0)
          .map(({ state, count }) => (
            <Text size="sm" key={state}>
              {t(`followUp.${state}`)}: <b>{number(count)}</b>
            </Text>
          ))}
      </Group>
    </>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <Card withBorder padding="sm">
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <dd style={{ margin: 0 }}>
        <Text span size="xl" fw={700} style={{ fontVariantNumeric: "tabular-nums" }}>
          {value}
        </Text>{" "}
        <Text span size="sm" c="dimmed">
          {note}
        </Text>
      </dd>
    </Card>
  );
}
