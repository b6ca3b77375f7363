import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../../app/session.tsx";
import { Page } from "../../components/Page.tsx";
import { Loaded } from "../../components/PageState.tsx";
import { CampaignActions } from "./CampaignActions.tsx";
import { CampaignResults } from "./CampaignResults.tsx";
import { CampaignSetup } from "./CampaignSetup.tsx";
import { PausedNotice } from "./PausedNotice.tsx";
import { Prospects } from "./Prospects.tsx";
import { campaignQuery } from "./queries.ts";
import { SetupSummary } from "./SetupSummary.tsx";
import { StateBadge } from "./StateBadge.tsx";
import type { Campaign } from "./types.ts";
import { useCampaignEvents } from "./use-campaign-events.ts";

const route = getRouteApi("/shell/campaigns/$id");

export function CampaignPage() {
  const { t } = useTranslation("campaigns");
  const { id } = route.useParams();
  const query = useQuery(campaignQuery(id));
  if (!query.data) {
    return (
      <Page title={t("campaign")} above={{ label: t("title"), to: "/campaigns" }}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  }
  return <OneCampaign key={id} campaign={query.data} />;
}

function OneCampaign({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const may = useMay();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const live = useCampaignEvents(campaign);
  const state = live?.state ?? campaign.state;
  const draft = state === "draft";
  const open = tab ?? (draft ? "setup" : "results");
  return (
    <Page
      title={campaign.name}
      beside={<StateBadge state={state} />}
      above={{ label: t("title"), to: "/campaigns" }}
      actions={<CampaignActions campaign={{ ...campaign, state }} />}
    >
      <PausedNotice campaign={campaign} />
      <Tabs
        value={open}
        onChange={(value) => {
          if (value === "setup" || value === "results" || value === "prospects") {
            void navigate({ search: { tab: value }, replace: true });
          }
        }}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="setup">{t("tab.setup")}</Tabs.Tab>
          {!draft && <Tabs.Tab value="results">{t("tab.results")}</Tabs.Tab>}
          <Tabs.Tab value="prospects">{t("tab.prospects")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="setup">
          {draft && may("campaigns.edit") ? (
            <CampaignSetup campaign={campaign} />
          ) : (
            <SetupSummary campaign={campaign} />
          )}
        </Tabs.Panel>
        {!draft && (
          <Tabs.Panel value="results">
            <CampaignResults campaign={campaign} live={live} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="prospects">
          <Prospects campaign={campaign} state={state} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
