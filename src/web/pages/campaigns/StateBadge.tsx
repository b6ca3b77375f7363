import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CampaignState } from "./types.ts";

const colors: Readonly<Record<CampaignState, string>> = {
  draft: "gray",
  starting: "blue",
  running: "green",
  paused: "yellow",
  finished: "indigo",
};

export function StateBadge({ state }: { state: CampaignState }) {
  const { t } = useTranslation("campaigns");
  return (
    <Badge variant="dot" color={colors[state]}>
      {t(`state.${state}`)}
    </Badge>
  );
}
