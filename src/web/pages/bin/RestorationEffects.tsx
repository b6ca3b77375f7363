import { List, SimpleGrid, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RestorationPreview } from "../../api/types.ts";
import { AnchorLink } from "../../components/AnchorLink.tsx";
import { useLinkedName } from "../../components/removal/use-linked-name.ts";
import { useFormats } from "../../i18n/format.ts";

/** What restoring a deletion brings back and what not. */
export function RestorationEffects({ preview }: { preview: RestorationPreview }) {
  const { t } = useTranslation("bin");
  const { number, moment } = useFormats();
  const linkedName = useLinkedName();
  const counted = (count: number) => ({ count, formatted: number(count) });
  const { comes_back: back, stays_away: away, conflicts } = preview;
  const linked = Object.entries(back.linked).filter(([, rows]) => rows > 0);
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <div>
          <Title order={3} size="sm" mb={4}>
            {t("restore.back")}
          </Title>
          <List size="sm" spacing={2}>
            <List.Item>{t("restore.contacts", counted(back.contacts))}</List.Item>
            {linked.map(([kind, rows]) => (
              <List.Item key={kind}>{`${linkedName(kind)}: ${number(rows)}`}</List.Item>
            ))}
            <List.Item>{t("restore.paused")}</List.Item>
          </List>
        </div>
        <div>
          <Title order={3} size="sm" mb={4}>
            {t("restore.not")}
          </Title>
          <List size="sm" spacing={2}>
            <List.Item>
              {preview.stops_since > 0
                ? t("restore.stopsSince", counted(preview.stops_since))
                : t("restore.stopsHold")}
            </List.Item>
            {away.address_taken > 0 && (
              <List.Item>{t("restore.taken", counted(away.address_taken))}</List.Item>
            )}
            {away.not_in_bin > 0 && (
              <List.Item>{t("restore.gone", counted(away.not_in_bin))}</List.Item>
            )}
          </List>
        </div>
      </SimpleGrid>
      {conflicts.length > 0 && (
        <Text size="sm">
          {t("restore.holders")}{" "}
          {conflicts.slice(0, 10).map(({ other_contact_id: id }, index) => (
            <AnchorLink
              key={id}
              to="/contacts/$id"
              params={{ id }}
              size="sm"
              underline="always"
              mr={6}
            >
              {number(index + 1)}
            </AnchorLink>
          ))}
        </Text>
      )}
      {preview.restorable_until && (
        <Text size="sm" fw={600}>
          {t("restore.until", { when: moment(preview.restorable_until) })}
        </Text>
      )}
    </>
  );
}
