import { AreaChart } from "@mantine/charts";
import { Box, Button, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/format.ts";
import type { Results } from "./types.ts";

/** How much went out in each hour. */
export function HoursChart({ hours }: { hours: Results["by_hour"] }) {
  const { t } = useTranslation("campaigns");
  const { number, moment } = useFormats();
  const [asTable, { toggle }] = useDisclosure();
  if (hours.length === 0) return <Text size="sm">{t("nothingSent")}</Text>;
  const data = everyHour(hours).map(({ hour, sent }) => ({ hour: moment(hour), sent }));
  return (
    <>
      <Box aria-hidden="true">
        <AreaChart
          h={220}
          data={data}
          dataKey="hour"
          series={[{ name: "sent", label: t("figure.sent"), color: "indigo.6" }]}
          curveType="step"
          valueFormatter={number}
          areaChartProps={{ accessibilityLayer: false }}
        />
      </Box>
      <Button variant="default" size="compact-sm" mt="xs" onClick={toggle} aria-expanded={asTable}>
        {asTable ? t("hideTable") : t("asTable")}
      </Button>
      {asTable && (
        <Table maw={420} mt="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("hour")}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t("figure.sent")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {hours.map(({ hour, sent }) => (
              <Table.Tr key={hour}>
                <Table.Td>{moment(hour)}</Table.Td>
                <Table.Td ta="right">{number(sent)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}

const anHour = 3_600_000;

/** Hours in which nothing went out are not told; a curve without them would lie. At most two weeks are filled in. */
function everyHour(hours: Results["by_hour"]): Results["by_hour"] {
  const first = Date.parse(hours[0]?.hour ?? "");
  const last = Date.parse(hours.at(-1)?.hour ?? "");
  const sent = new Map(hours.map((each) => [Date.parse(each.hour), each.sent]));
  const span = Math.round((last - first) / anHour);
  if (span > 24 * 14) return hours;
  // One empty hour on each side, so that a single hour is seen as well.
  return Array.from({ length: span + 3 }, (_, index) => {
    const at = first + (index - 1) * anHour;
    return { hour: new Date(at).toISOString(), sent: sent.get(at) ?? 0 };
  });
}
