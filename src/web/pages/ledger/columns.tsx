import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LedgerEntry } from "../../api/types.ts";
import { useActorName } from "../../components/ActorName.tsx";
import type { Column } from "../../components/DataTable.tsx";
import { PlainTime } from "../../components/PlainTime.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";

/** What the ledger's table shows. */
export function useLedgerColumns(): Column<LedgerEntry>[] {
  const { t } = useTranslation("ledger");
  const { moment } = useFormats();
  const actorName = useActorName();
  return useMemo(
    () => [
      {
        key: "at",
        title: t("at"),
        width: "190px",
        cell: (entry) => <PlainTime at={entry.at} text={moment(entry.at)} />,
      },
      { key: "act", title: t("act"), width: "220px", cell: (entry) => <code>{entry.act}</code> },
      {
        key: "actor",
        title: t("actor"),
        width: "170px",
        narrow: false,
        cell: (entry) => actorName(entry.actor),
      },
      {
        key: "subject",
        title: t("subject"),
        width: "120px",
        narrow: false,
        cell: (entry) =>
          entry.contact_id ? (
            <RowLink to={`/contacts/${entry.contact_id}`}>{t("contact")}</RowLink>
          ) : null,
      },
      {
        key: "detail",
        title: t("detail"),
        narrow: false,
        cell: (entry) => <span title={detailText(entry)}>{detailText(entry)}</span>,
      },
      {
        key: "block",
        title: t("block"),
        width: "130px",
        narrow: false,
        align: "right",
        cell: (entry) => entry.block_number ?? t("unsealed"),
      },
    ],
    [t, moment, actorName],
  );
}

function detailText({ detail }: LedgerEntry): string {
  return Object.entries(detail)
    .map(
      ([key, value]) =>
        `${key}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
    )
    .join(", ");
}
