import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/format.ts";

export const countNames = ["created", "updated", "unchanged", "stopped", "rejected"] as const;

/** What became, or would become, of the rows: each row counted once. */
export function CountsTable({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { t } = useTranslation("imports");
  const { number } = useFormats();
  const known: readonly string[] = [...countNames, "read"];
  return (
    <Table maw={420} mt="sm" verticalSpacing={4}>
      <Table.Thead className="visually-hidden">
        <Table.Tr>
          <Table.Th scope="col">{t("outcome")}</Table.Th>
          <Table.Th scope="col">{t("rowsTitle")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {known
          .filter((name) => name in counts)
          .map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={name === "read" ? 700 : 400}>
                {t(`count.${name as "read"}`)}
              </Table.Th>
              <Table.Td ta="right" fw={name === "read" ? 700 : 400}>
                {number(counts[name] ?? 0)}
              </Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
}
