import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "../../api/types.ts";

const kinds = {
  "list.add_members": "listAddMembers",
  "list.remove_members": "listRemoveMembers",
  "list.exclude": "listExclude",
  "list.lift_exclusions": "listLiftExclusions",
  "import.dry_run": "importDryRun",
  "import.run": "importRun",
  "import.undo": "importUndo",
  "campaign.enrol": "campaignStart",
  "contacts.edit": "contactsEdit",
  "stop.deactivation": "stopDeactivation",
  "stop.do_not_disturb": "stopDisturb",
  "stop.do_not_contact": "stopContact",
  "stop.unsubscribe": "stopUnsubscribe",
  "follow_up.remove": "followUpRemove",
  "removal.delete": "removalDelete",
  "removal.erase": "removalErase",
  "removal.clear": "removalClear",
  "removal.restore": "removalRestore",
  "removal.purge": "removalPurge",
} as const;

/** What a job does, in words. English is the API's own title; a kind that this UI does not know shows it too. */
export function useJobName(): (job: Pick<Job, "kind" | "title">) => string {
  const { t, i18n } = useTranslation("jobs");
  const { language } = i18n;
  return useCallback(
    ({ kind, title }) => {
      if (language === "en") return title;
      if (kind in kinds) return t(`kind.${kinds[kind as keyof typeof kinds]}`);
      const undone = kind.replace(/\.undo$/, "");
      if (undone !== kind && undone in kinds)
        return t("undoOf", { what: t(`kind.${kinds[undone as keyof typeof kinds]}`) });
      return title;
    },
    [t, language],
  );
}
