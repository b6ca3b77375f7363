import { useTranslation } from "react-i18next";
import { useRefusalName } from "../../components/refusals.ts";

const known = [
  "added",
  "already",
  "excluded",
  "removed",
  "not_member",
  "lifted",
  "not_excluded",
  "not_found",
  "read",
  "created",
  "updated",
  "unchanged",
  "stopped",
  "rejected",
  "enrolled",
  "skipped",
  "stops",
  "deleted",
  "kept",
  "added_to_list",
  "excluded_from_list",
  "stopped_created",
  "stopped_updated",
  "stopped_unchanged",
  "changed",
  "too_many_attributes",
  "already_stopped",
  "no_address",
  "cancelled_messages",
  "under_way",
  "no_follow_up",
  "restored",
  "changed_since",
  "partly_changed_since",
  "lifted_already",
  "lift_not_allowed",
  "erased",
  "purged",
  "merged",
  "address_taken",
  "not_in_bin",
  "window_ended",
  "opportunities",
  "done",
  "cleared",
  "suppressed",
  "contact_locked_by_crm",
  "in_bin",
] as const;

/** What a job counted, in words; what this UI does not know yet stands for itself. */
export function useCountName(): (name: string) => string {
  const { t } = useTranslation("jobs");
  const refusalName = useRefusalName();
  return (name) => {
    const count = known.find((each) => each === name);
    if (count) return t(`count.${count}`);
    if (name.startsWith("refused_"))
      return t("count.refused", { reason: refusalName(name.slice(8)) });
    return name.replaceAll("_", " ");
  };
}
