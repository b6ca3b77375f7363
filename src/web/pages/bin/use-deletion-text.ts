import { useTranslation } from "react-i18next";
import type { Deletion } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { useFormats } from "../../i18n/format.ts";

const states = [
  "awaiting_approval",
  "running",
  "done",
  "halted",
  "cancelled",
  "expired",
  "purged",
] as const;

/** A deletion in words: what it did, where it stands, who asked. */
export function useDeletionText() {
  const { t } = useTranslation("bin");
  const { number } = useFormats();
  const userName = useUserNames();
  return {
    what(deletion: Deletion): string {
      const count = { count: deletion.count, formatted: number(deletion.count) };
      if (deletion.mode === "clear") return t("what.clear", count);
      if (deletion.mode === "erase") return t("what.erase", count);
      return deletion.also_list ? t("what.withList", count) : t("what.bin", count);
    },
    state({ state }: Deletion): string {
      const known = states.find((each) => each === state);
      return known ? t(`states.${known}`) : state;
    },
    who: (id: string | null) => (id ? (userName(id) ?? t("somebody")) : t("operator")),
  };
}
