import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/format.ts";
import type { Deed, InboundMessage, Recipient } from "./types.ts";

/** Causes of a failure whose own words say more than their class. */
const causes = [
  "no_such_mailbox",
  "domain_unknown",
  "accepts_no_mail",
  "moved",
  "mailbox_full",
  "mailbox_disabled",
  "too_large",
  "greylisted",
  "busy",
  "expired",
  "network",
  "server_trouble",
  "loop",
  "spam",
  "blocked",
  "authentication",
  "reverse_dns",
  "rate",
  "sender_refused",
  "relaying",
  "filtered",
  "virus",
  "content",
] as const;

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
  const failure = useCallback(
    (recipient: Recipient): string => {
      const cause = causes.find((each) => each === recipient.reason);
      const why = cause ? t(`causes.${cause}`) : t(`classes.${recipient.class}`);
      return recipient.status ? `${why} (${recipient.status})` : why;
    },
    [t],
  );
  return { understood, done, failure };
}
