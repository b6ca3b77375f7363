import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/format.ts";
import classes from "./BulkBar.module.css";
import type { Selection } from "./selection.ts";

interface BulkBarProps {
  selection: Selection;
  /** How many rows match the filter, when known. */
  count: number | undefined;
  /** True when that is a guess. */
  estimated?: boolean;
  /** How many rows are loaded. */
  loaded: number;
  hasMore: boolean;
  /** False where an act can only take rows that were ticked. */
  everything?: boolean;
  children: ReactNode;
}

/** What is ticked, and what can be done to it. */
export function BulkBar({
  selection,
  count,
  loaded,
  hasMore,
  everything = true,
  estimated = false,
  children,
}: BulkBarProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  if (selection.mode === "ids" && selection.ids.size === 0) return null;
  const total = count ?? loaded;
  const counted = count === undefined ? "" : `${estimated ? "≈ " : ""}${number(count)}`;
  const more = everything && (hasMore || total > selection.ids.size) && selection.ids.size > 0;
  return (
    <Group className={classes.bar} gap="xs" role="region" aria-label={t("selectionBar")}>
      <Text size="sm" fw={600} aria-live="polite">
        {selection.mode === "all"
          ? count === undefined
            ? t("allSelectedUncounted")
            : t("selected", { count, formatted: counted })
          : t("selected", { count: selection.ids.size, formatted: number(selection.ids.size) })}
      </Text>
      {selection.mode === "ids" && more && (
        <Button size="compact-sm" variant="subtle" onClick={selection.selectEverything}>
          {count === undefined
            ? t("selectEverythingUncounted")
            : t("selectEverything", { formatted: counted })}
        </Button>
      )}
      {children}
      <Button size="compact-sm" variant="subtle" onClick={selection.clear}>
        {t("clear")}
      </Button>
    </Group>
  );
}
