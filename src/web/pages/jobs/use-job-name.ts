import { useCallback } from "react";
import { useTranslation } from "react-i18next";

const kinds = {
  "list.add_members": "listAddMembers",
  "list.remove_members": "listRemoveMembers",
  "list.exclude": "listExclude",
  "list.lift_exclusions": "listLiftExclusions",
  "import.dry_run": "importDryRun",
  "import.run": "importRun",
  "import.undo": "importUndo",
  "campaign.enrol": "campaignStart",
} as const;

/** What a job does, in words; a kind that this UI does not know yet stands for itself. */
export function useJobName(): (kind: string) => string {
  const { t } = useTranslation("jobs");
  return useCallback(
    (kind: string) => (kind in kinds ? t(`kind.${kinds[kind as keyof typeof kinds]}`) : kind),
    [t],
  );
}
