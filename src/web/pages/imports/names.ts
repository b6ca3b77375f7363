import { useTranslation } from "react-i18next";

const rejections = [
  "no_address",
  "duplicate_in_file",
  "address_taken",
  "too_long",
  "csv_column_count",
  "csv_nul_byte",
  "csv_stray_quote",
  "csv_unclosed_quote",
] as const;
const stopKinds = [
  "deactivation",
  "unsubscribe",
  "do_not_contact",
  "do_not_disturb",
  "suppression",
] as const;
const undone = ["removed", "restored", "taken_off_list"] as const;

/** Why a row was refused, in words; a code that this UI does not know stands for itself. */
export function useRejectionName(): (code: string) => string {
  const { t } = useTranslation("imports");
  return (code) => {
    const known = rejections.find((each) => each === code);
    return known ? t(`rejection.${known}`) : code.replaceAll("_", " ");
  };
}

export function useStopKindName(): (kind: string) => string {
  const { t } = useTranslation("imports");
  return (kind) => {
    const known = stopKinds.find((each) => each === kind);
    return known ? t(`stopKind.${known}`) : kind;
  };
}

/** What an undo did: removed, restored, or kept and why. */
export function useUndoName(): (name: string) => string {
  const { t } = useTranslation("imports");
  return (name) => {
    const known = undone.find((each) => each === name);
    if (known) return t(`undoCount.${known}`);
    return t("undoCount.kept", { reason: name.replace(/^kept\./, "").replaceAll("_", " ") });
  };
}
