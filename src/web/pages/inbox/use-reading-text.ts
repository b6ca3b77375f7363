import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/format.ts";
import type { Deed, InboundMessage } from "./types.ts";

/** What was understood and done, as the inbox says it. */
export function useReadingText() {
  const { t } = useTranslation("inbox");
  const { day } = useFormats();
  const understood = useCallback(
    (message: InboundMessage): string => {
      if (message.kind === null) return t("unread");
      if (message.meaning === null || (message.kind !== "reply" && message.kind !== "auto_reply")) {
        return t(`kinds.${message.kind}`);
      }
      const meaning = t(`meanings.${message.meaning as "other"}`);
      return message.certain ? meaning : t("perhaps", { meaning });
    },
    [t],
  );
  const done = useCallback(
    (deed: Deed): string => {
      switch (deed.what) {
        case "stopped":
          return t(`deeds.stopped.${(deed.kind ?? "suppression") as "suppression"}`);
        case "message_reported":
          return t(`deeds.reported.${(deed.state ?? "bounced") as "bounced"}`);
        case "follow_ups_postponed":
          return t("deeds.follow_ups_postponed", { day: deed.until ? day(deed.until) : "" });
        default:
          return t(`deeds.${deed.what}`);
      }
    },
    [t, day],
  );
  return { understood, done };
}
