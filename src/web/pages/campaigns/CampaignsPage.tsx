import { Button, Group, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import { type Column, DataTable } from "../../components/DataTable.tsx";
import { May } from "../../components/May.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";
import { NewCampaignDialog } from "./NewCampaignDialog.tsx";
import { resultsQuery } from "./queries.ts";
import type { Campaign, CampaignState, FigureName } from "./types.ts";

const route = getRouteApi("/shell/campaigns");
const states: readonly CampaignState[] = ["draft", "starting", "running", "paused", "finished"];

export function CampaignsPage() {
  const { t } = useTranslation("campaigns");
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, { open: create, close }] = useDisclosure();
  const columns = useCampaignColumns();
  const pages = usePages<Campaign>(["campaigns", "list", { state }], (cursor) =>
    answer(api.GET("/api/v1/campaigns", { params: { query: { limit: 50, cursor, state } } })),
  );
  const newButton = (
    <May permission="campaigns.edit">
      <Button leftSection={<IconPlus size={16} />} onClick={create}>
        {t("new")}
      </Button>
    </May>
  );
  return (
    <Page title={t("title")} description={t("description")} actions={newButton} fill>
      <Group mb="sm">
        <Select
          aria-label={t("stateFilter")}
          placeholder={t("everyState")}
          data={states.map((each) => ({ value: each, label: t(`state.${each}`) }))}
          value={state ?? null}
          onChange={(value) =>
            void navigate({ search: value ? { state: value as CampaignState } : {}, replace: true })
          }
          clearable
          w={{ base: "100%", xs: 200 }}
        />
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconSend size={40} stroke={1.4} />}
          title={state ? t("emptyState") : t("empty")}
          actions={state ? null : newButton}
        >
          {state ? t("emptyStateHint") : t("emptyHint")}
        </Empty>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={pages.items}
          rowId={(campaign) => campaign.id}
          onOpen={(campaign) =>
            void navigate({ to: "/campaigns/$id", params: { id: campaign.id }, search: {} })
          }
          hasMore={pages.hasMore}
          isFetchingMore={pages.isFetchingMore}
          fetchMore={pages.fetchMore}
        />
      )}
      {creating && <NewCampaignDialog onClose={close} />}
    </Page>
  );
}

function useCampaignColumns(): Column<Campaign>[] {
  const { t } = useTranslation("campaigns");
  return useMemo(() => {
    const figure = (name: FigureName, width = "100px"): Column<Campaign> => ({
      key: name,
      title: t(`figure.${name}`),
      width,
      narrow: false,
      align: "right",
      cell: (campaign) => <Figure campaign={campaign} name={name} />,
    });
    return [
      {
        key: "name",
        title: t("name"),
        cell: (campaign) => (
          <RowLink to={`/campaigns/${campaign.id}`} title={campaign.name}>
            {campaign.name}
          </RowLink>
        ),
      },
      {
        key: "state",
        title: t("stateTitle"),
        width: "110px",
        cell: (campaign) => t(`state.${campaign.state}`),
      },
      {
        key: "steps",
        title: t("steps"),
        width: "80px",
        narrow: false,
        align: "right",
        cell: (campaign) => campaign.steps.length,
      },
      figure("sent"),
      figure("replied"),
      figure("unsubscribed", "130px"),
      {
        key: "started",
        title: t("started"),
        width: "190px",
        narrow: false,
        cell: (campaign) => <Moment at={campaign.started_at} absent={t("notStarted")} />,
      },
    ];
  }, [t]);
}

/** One figure of a campaign; the three in a row share one request. */
function Figure({ campaign, name }: { campaign: Campaign; name: FigureName }) {
  const { number } = useFormats();
  const { data } = useQuery({
    ...resultsQuery(campaign.id),
    enabled: campaign.state !== "draft",
    staleTime: 15_000,
  });
  return <>{data ? number(data.total[name]) : campaign.state === "draft" ? "" : "…"}</>;
}
