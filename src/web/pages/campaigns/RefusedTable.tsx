import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRefusalName } from "../../components/refusals.ts";
import { useFormats } from "../../i18n/format.ts";
import type { Audience } from "./types.ts";

/** Who cannot be written to, by the first reason of each. */
export function RefusedTable({ audience }: { audience: Audience }) {
  const { t } = useTranslation("campaigns");
  const { number } = useFormats();
  const refusalName = useRefusalName();
  const refused = audience.total - audience.eligible;
  if (refused === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t("audience.refused", { count: refused, formatted: number(refused) })}
      </Text>
      <Table withRowBorders={false} verticalSpacing={2}>
        <Table.Caption className="visually-hidden">{t("audience.refusedTable")}</Table.Caption>
        <Table.Thead className="visually-hidden">
          <Table.Tr>
            <Table.Th scope="col">{t("audience.reason")}</Table.Th>
            <Table.Th scope="col">{t("audience.contacts")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {audience.refused.map(({ code, count }) => (
            <Table.Tr key={code}>
              <Table.Td>{refusalName(code)}</Table.Td>
              <Table.Td ta="right">{number(count)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
