import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable.tsx";
import { PlainTime } from "../../components/PlainTime.tsx";
import { useFormats } from "../../i18n/format.ts";
import classes from "./Inbox.module.css";
import type { InboundMessage } from "./types.ts";
import { useReadingText } from "./use-reading-text.ts";

/** What the inbox shows of each message; the subject opens it. */
export function useInboxColumns(open: (id: string) => void): Column<InboundMessage>[] {
  const { t } = useTranslation("inbox");
  const { ago } = useFormats();
  const { understood } = useReadingText();
  return useMemo(
    () => [
      {
        key: "from",
        title: t("from"),
        width: "26%",
        cell: (m) => m.contact?.name || m.from.name || m.from.address || "—",
      },
      {
        key: "subject",
        title: t("subject"),
        cell: (m) => (
          <button type="button" className={classes.open} onClick={() => open(m.id)}>
            {m.subject || m.said.slice(0, 80) || t("noSubject")}
          </button>
        ),
      },
      {
        key: "understood",
        title: t("understood"),
        width: "34%",
        cell: (m) => (
          <span data-doubtful={m.state === "waiting" || undefined} className={classes.understood}>
            {understood(m)}
          </span>
        ),
      },
      {
        key: "when",
        title: t("when"),
        width: "130px",
        narrow: false,
        cell: (m) => <PlainTime at={m.received_at} text={ago(m.received_at)} />,
      },
    ],
    [t, ago, understood, open],
  );
}
