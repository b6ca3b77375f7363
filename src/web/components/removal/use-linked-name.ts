import { useCallback } from "react";
import { useTranslation } from "react-i18next";

const kinds = [
  "addresses",
  "external_refs",
  "list_memberships",
  "list_exclusions",
  "notes",
  "tasks",
  "appointments",
  "opportunities",
  "conversations",
  "incoming_messages",
  "follow_ups",
  "messages",
] as const;

/** A kind of linked item in words; one that this UI does not know yet stands for itself. */
export function useLinkedName(): (kind: string) => string {
  const { t } = useTranslation("removal");
  return useCallback(
    (kind: string) => {
      const known = kinds.find((each) => each === kind);
      return known ? t(`linked.${known}`) : kind.replaceAll("_", " ");
    },
    [t],
  );
}
