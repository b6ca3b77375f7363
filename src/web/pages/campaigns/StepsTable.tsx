import { BarChart } from "@mantine/charts";
import { Box, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/format.ts";
import { templatesQuery } from "./queries.ts";
import { type Campaign, figureNames, type LiveResults } from "./types.ts";

const charted = [
  { name: "sent", color: "indigo.6" },
  { name: "replied", color: "teal.6" },
  { name: "unsubscribed", color: "orange.6" },
  { name: "bounced", color: "red.6" },
] as const;

/** The figures of each step: drawn for a glance, and as a table for everybody. */
export function StepsTable({ campaign, results }: { campaign: Campaign; results: LiveResults }) {
  const { t } = useTranslation("campaigns");
  const { t: common } = useTranslation();
  const { number } = useFormats();
  const templates = useQuery(templatesQuery).data?.items;
  const name = (step: number) => {
    const id = campaign.steps[step]?.template_id;
    const template = templates?.find((each) => each.id === id)?.name;
    const channel = campaign.steps[step]?.channel;
    const by = channel && channel !== "email" ? ` (${common(`channel.${channel}`)})` : "";
    return (template ? `${step + 1}. ${template}` : t("step", { number: step + 1 })) + by;
  };
  const data = results.steps.map((row) => ({ ...row, title: name(row.step) }));
  const shown = figureNames.filter(
    (figure) => figure === "sent" || figure === "queued" || results.total[figure] > 0,
  );
  return (
    <>
      <Box aria-hidden="true">
        <BarChart
          h={220}
          data={data}
          dataKey="title"
          withLegend
          valueFormatter={number}
          series={charted.map((each) => ({ ...each, label: t(`figure.${each.name}`) }))}
          barChartProps={{ accessibilityLayer: false }}
        />
      </Box>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <section style={{ overflowX: "auto" }} tabIndex={0} aria-label={t("byStepTable")}>
        <Table miw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("stepTitle")}</Table.Th>
              {shown.map((figure) => (
                <Table.Th key={figure} scope="col" ta="right">
                  {t(`figure.${figure}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((row) => (
              <Table.Tr key={row.step}>
                <Table.Th scope="row">{row.title}</Table.Th>
                {shown.map((figure) => (
                  <Table.Td key={figure} ta="right">
                    {number(row[figure])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </>
  );
}
