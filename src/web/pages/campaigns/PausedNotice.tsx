import { Alert, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { BreakerNotice } from "../../components/BreakerNotice.tsx";
import { accountsQuery } from "./queries.ts";
import type { Campaign } from "./types.ts";

/** Why Heed itself paused a campaign: the breaker of an account that it sends by. */
export function PausedNotice({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const paused = campaign.state === "paused" && campaign.paused_because === "breaker";
  const { data } = useQuery({ ...accountsQuery, enabled: paused, staleTime: 0 });
  if (!paused || !data) return null;
  const used = new Set(
    campaign.steps.map((step) => step.account_id ?? campaign.sending_account_id),
  );
  const tripped = data.items.filter(
    (each) => used.has(each.id) && each.breaker.tripped_at !== null,
  );
  return (
    <Stack mb="md">
      {tripped.length > 0 ? (
        tripped.map((account) => <BreakerNotice key={account.id} account={account} />)
      ) : (
        <Alert color="yellow" role="status">
          {t("breakerCleared")}
        </Alert>
      )}
    </Stack>
  );
}
