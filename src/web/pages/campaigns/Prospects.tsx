import { Group, Select } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import { DataTable } from "../../components/DataTable.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { EditProspectDialog } from "./EditProspectDialog.tsx";
import { FollowUpDialog } from "./FollowUpDialog.tsx";
import { useProspectColumns } from "./prospect-columns.tsx";
import type { CampaignSearch } from "./routes.tsx";
import {
  type Campaign,
  type CampaignState,
  type FollowUpState,
  followUpStates,
  type Prospect,
} from "./types.ts";

const route = getRouteApi("/shell/campaigns/$id");

interface ProspectsProps {
  campaign: Campaign;
  state: CampaignState;
}

/** Everybody in the campaign, where each stands and why, and what can be done about it. */
export function Prospects({ campaign, state: campaignState }: ProspectsProps) {
  const { t } = useTranslation("campaigns");
  const { q, state } = route.useSearch();
  const navigate = route.useNavigate();
  const [editing, setEditing] = useState<Prospect | null>(null);
  const [following, setFollowing] = useState<Prospect | null>(null);
  const columns = useProspectColumns(setEditing, setFollowing);
  const draft = campaignState === "draft";
  const pages = usePages<Prospect>(
    ["campaigns", campaign.id, "prospects", { q, state }],
    (cursor) =>
      answer(
        api.GET("/api/v1/campaigns/{id}/prospects", {
          params: { path: { id: campaign.id }, query: { limit: 50, cursor, q, state } },
        }),
      ),
    { refetchInterval: campaignState === "starting" ? 3_000 : false },
  );
  const change = (part: Partial<CampaignSearch>) =>
    void navigate({
      search: (before) => ({ ...before, tab: "prospects", ...part }),
      replace: true,
    });
  const filtered = Boolean(q) || state !== undefined;
  return (
    <>
      <Group mb="sm" gap="xs">
        <SearchField
          label={t("prospects.search")}
          placeholder={t("prospects.searchHint")}
          value={q ?? ""}
          onSearch={(text) => change({ q: text || undefined })}
          w={{ base: "100%", xs: 300 }}
        />
        {!draft && (
          <Select
            aria-label={t("prospects.state")}
            placeholder={t("everyState")}
            data={followUpStates.map((each) => ({ value: each, label: t(`followUp.${each}`) }))}
            value={state ?? null}
            onChange={(value) => change({ state: (value as FollowUpState | null) ?? undefined })}
            clearable
            w={{ base: "100%", xs: 180 }}
          />
        )}
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconUsers size={40} stroke={1.4} />}
          title={filtered ? t("prospects.none") : t("prospects.empty")}
        >
          {filtered ? t("prospects.noneHint") : t("prospects.emptyHint")}
        </Empty>
      ) : (
        <div
          style={{
            height: "max(360px, calc(100dvh - 300px))",
            display: "flex",
            flexDirection: "column",
          }}
        >
          <DataTable
            label={t("tab.prospects")}
            columns={columns}
            rows={pages.items}
            rowId={(prospect) => prospect.contact.id}
            onOpen={setEditing}
            hasMore={pages.hasMore}
            isFetchingMore={pages.isFetchingMore}
            fetchMore={pages.fetchMore}
          />
        </div>
      )}
      {editing && (
        <EditProspectDialog
          campaign={campaign}
          prospect={editing}
          onClose={() => setEditing(null)}
        />
      )}
      {following && (
        <FollowUpDialog
          campaign={campaign}
          prospect={following}
          onClose={() => setFollowing(null)}
        />
      )}
    </>
  );
}
