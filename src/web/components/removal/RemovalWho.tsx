import { Stack, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RemovalPreview } from "../../api/types.ts";
import { useFormats } from "../../i18n/format.ts";

/** Names, emails and phones of those who go, so that the wrong one is noticed. */
export function RemovalWho({ preview }: { preview: RemovalPreview }) {
  const { t } = useTranslation("removal");
  const { number } = useFormats();
  const more = preview.count - preview.people.length;
  return (
    <Stack gap={4}>
      <Title order={3} size="sm">
        {t("who")}
      </Title>
      {preview.people.length === 0 && (
        <Text size="sm">{preview.mode === "erase" ? t("nobodyHere") : t("nothing")}</Text>
      )}
      {preview.people.length > 0 && (
        <Table.ScrollContainer minWidth={0} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing={4} horizontalSpacing="xs" fz="sm" aria-label={t("who")}>
            <Table.Tbody>
              {preview.people.map((person) => (
                <Table.Tr key={person.id}>
                  <Table.Th scope="row" fw={600} pl={0}>
                    {`${person.first_name} ${person.last_name}`.trim() ||
                      person.company ||
                      t("noName")}
                  </Table.Th>
                  <Table.Td>{person.email ?? t("noEmail")}</Table.Td>
                  <Table.Td>{person.phone ?? t("noPhone")}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {more > 0 && preview.people.length > 0 && (
        <Text size="sm">{t("andMore", { count: more, formatted: number(more) })}</Text>
      )}
    </Stack>
  );
}
