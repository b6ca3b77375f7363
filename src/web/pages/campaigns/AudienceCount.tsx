import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { audienceQuery } from "./queries.ts";
import { RefusedTable } from "./RefusedTable.tsx";
import type { Campaign } from "./types.ts";

/** How many can be written to now, and how many not, by reason. */
export function AudienceCount({ campaign, stale }: { campaign: Campaign; stale: boolean }) {
  const { t } = useTranslation("campaigns");
  const { number } = useFormats();
  const chosen = campaign.audience.list_ids.length > 0;
  const { data, error, isFetching, refetch } = useQuery({
    ...audienceQuery(campaign.id),
    enabled: chosen,
  });
  if (!chosen) {
    return (
      <Text size="sm" c="dimmed">
        {t("audience.choose")}
      </Text>
    );
  }
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return (
    <Stack gap="xs" aria-busy={stale || isFetching}>
      <Group gap="xs" align="baseline" role="status">
        {data && (
          <>
            <Text size="xl" fw={700} style={{ fontVariantNumeric: "tabular-nums" }}>
              {number(data.eligible)}
            </Text>
            <Text size="sm">
              {t("audience.eligible", { count: data.total, formatted: number(data.total) })}
            </Text>
          </>
        )}
        {(stale || isFetching) && (
          <Text size="sm" c="dimmed">
            {t("audience.counting")}
          </Text>
        )}
      </Group>
      {data && <RefusedTable audience={data} />}
    </Stack>
  );
}
