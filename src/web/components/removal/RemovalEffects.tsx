import { List, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RemovalPreview } from "../../api/types.ts";
import { useFormats } from "../../i18n/format.ts";
import { useLinkedName } from "./use-linked-name.ts";

interface RemovalEffectsProps {
  preview: RemovalPreview;
  /** True when the selected list goes as well. */
  withList?: boolean;
  keepExclusions?: boolean;
}

/** What goes and what stays, who is skipped and why, and until when it can be taken back. */
export function RemovalEffects({ preview, withList, keepExclusions }: RemovalEffectsProps) {
  const { t } = useTranslation("removal");
  const { moment } = useFormats();
  const until = preview.restorable_until;
  const clearing = preview.mode === "clear";
  const skipped = useSkipped(preview);
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Part title={t("goes")} items={useGoing(preview, { withList, keepExclusions })} />
        <Part title={t("stays")} items={useStaying(preview, keepExclusions)} />
      </SimpleGrid>
      {skipped.length > 0 && <Part title={t("skipped")} items={skipped} />}
      {until && (
        <Text size="sm" fw={600}>
          {clearing
            ? t("undoable", { when: moment(until) })
            : t("restorable", { when: moment(until) })}
        </Text>
      )}
    </Stack>
  );
}

function Part({ title, items }: { title: string; items: readonly ReactNode[] }) {
  return (
    <div>
      <Title order={3} size="sm" mb={4}>
        {title}
      </Title>
      <List size="sm" spacing={2}>
        {items.map((item, index) => (
          <List.Item key={index}>{item}</List.Item>
        ))}
      </List>
    </div>
  );
}

function useGoing(
  preview: RemovalPreview,
  how: { withList: boolean | undefined; keepExclusions: boolean | undefined },
): string[] {
  const { t } = useTranslation("removal");
  const { number } = useFormats();
  const linkedName = useLinkedName();
  const counted = (count: number) => ({ count, formatted: number(count) });
  const { count, linked, exclusions } = preview;
  if (preview.mode === "clear") {
    return [
      t("membersGo", counted(count)),
      ...(how.keepExclusions === false && exclusions
        ? [t("exclusionsCleared", counted(exclusions))]
        : []),
    ];
  }
  return [
    t("contactsGo", counted(count)),
    ...Object.entries(linked)
      .filter(([, rows]) => rows > 0)
      .map(([kind, rows]) => `${linkedName(kind)}: ${number(rows)}`),
    ...(preview.opportunities_that_go > 0
      ? [t("opportunities", counted(preview.opportunities_that_go))]
      : []),
    ...(preview.follow_ups_that_end > 0
      ? [t("followUps", counted(preview.follow_ups_that_end))]
      : []),
    ...(how.withList ? [t("listGoes")] : []),
  ];
}

function useStaying(preview: RemovalPreview, keepExclusions: boolean | undefined): string[] {
  const { t } = useTranslation("removal");
  const { number } = useFormats();
  const counted = (count: number) => ({ count, formatted: number(count) });
  if (preview.mode === "clear") {
    return [
      t("contactsStay"),
      ...(keepExclusions && preview.exclusions
        ? [t("exclusionsKept", counted(preview.exclusions))]
        : []),
    ];
  }
  return [
    preview.stops_kept > 0 ? t("stopsKept", counted(preview.stops_kept)) : t("noStops"),
    t("figures"),
  ];
}

const blockedCodes = ["contact_locked_by_crm", "in_bin", "not_found", "not_visible"] as const;

function useSkipped(preview: RemovalPreview): string[] {
  const { t } = useTranslation("removal");
  const { number } = useFormats();
  return preview.blocked_counts.map(({ code, count, way_out }) => {
    const known = blockedCodes.find((each) => each === code);
    const why = known ? t(`blocked.${known}`) : way_out;
    return t("skippedBecause", { count, formatted: number(count), why });
  });
}
