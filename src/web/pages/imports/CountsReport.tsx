import { List, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/format.ts";
import { CountsTable, countNames } from "./CountsTable.tsx";
import { useRejectionName, useStopKindName } from "./names.ts";
import type { Counts } from "./types.ts";

/** Counts with the reasons behind them. */
export function CountsReport({ counts }: { counts: Counts }) {
  const { t } = useTranslation("imports");
  const { number } = useFormats();
  const rejectionName = useRejectionName();
  const stopKindName = useStopKindName();
  const rejected = Object.entries(counts.rejected_because);
  const stops = Object.entries(counts.stops_made);
  return (
    <>
      <CountsTable
        counts={{
          ...Object.fromEntries(countNames.map((name) => [name, counts[name]])),
          read: counts.read,
        }}
      />
      {counts.stopped > 0 && (
        <Text size="sm" mt="xs">
          {t("stoppedHint", {
            created: number(counts.stopped_created),
            updated: number(counts.stopped_updated),
            unchanged: number(counts.stopped_unchanged),
          })}
        </Text>
      )}
      {rejected.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="sm">
            {t("rejectedBecause")}
          </Text>
          <List size="sm">
            {rejected.map(([reason, count]) => (
              <List.Item key={reason}>
                {rejectionName(reason)}: {number(count)}
              </List.Item>
            ))}
          </List>
        </>
      )}
      {stops.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="sm">
            {t("stopsMade")}
          </Text>
          <List size="sm">
            {stops.map(([kind, count]) => (
              <List.Item key={kind}>
                {stopKindName(kind)}: {number(count)}
              </List.Item>
            ))}
          </List>
        </>
      )}
      {(counts.added_to_list > 0 || counts.excluded_from_list > 0) && (
        <Text size="sm" mt="sm">
          {t("onList", {
            added: number(counts.added_to_list),
            excluded: number(counts.excluded_from_list),
          })}
        </Text>
      )}
    </>
  );
}
