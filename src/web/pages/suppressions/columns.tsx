import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Suppression } from "../../api/types.ts";
import type { Column } from "../../components/DataTable.tsx";
import { PlainTime } from "../../components/PlainTime.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";
import { useSaid } from "../../i18n/said.ts";
import classes from "./Suppressions.module.css";

/** What the table of suppressions shows; the address opens its history. */
export function useSuppressionColumns(look: (address: string) => void): Column<Suppression>[] {
  const { t } = useTranslation("suppressions");
  const { t: profile } = useTranslation("profile");
  const { t: common } = useTranslation();
  const said = useSaid();
  const { day } = useFormats();
  return useMemo(
    () => [
      {
        key: "address",
        title: t("address"),
        width: "28%",
        cell: ({ address, subject_type }) =>
          address ? (
            <button
              type="button"
              className={classes.address}
              title={t("history")}
              onClick={() => look(address)}
            >
              {address}
              {subject_type === "domain" && ` (${t("domain")})`}
            </button>
          ) : (
            "—"
          ),
      },
      {
        key: "kind",
        title: t("kind"),
        width: "125px",
        cell: (stop) => profile(`stops.kinds.${stop.kind}`),
      },
      {
        key: "channel",
        title: t("channel"),
        width: "110px",
        narrow: false,
        cell: (stop) => (stop.channel ? common(`channel.${stop.channel}`) : t("everyChannel")),
      },
      {
        key: "because",
        title: t("because"),
        narrow: false,
        cell: (stop) => <span title={said(stop.because)}>{said(stop.because)}</span>,
      },
      {
        key: "since",
        title: t("since"),
        width: "118px",
        narrow: false,
        cell: (stop) => <PlainTime at={stop.made_at} text={day(stop.made_at)} />,
      },
      {
        key: "who",
        title: t("whoMay"),
        width: "170px",
        narrow: false,
        cell: (stop) => <span title={said(stop.how)}>{said(stop.who_may_lift)}</span>,
      },
      {
        key: "contact",
        title: t("contact"),
        width: "90px",
        narrow: false,
        cell: (stop) =>
          stop.contact_id && <RowLink to={`/contacts/${stop.contact_id}`}>{t("contact")}</RowLink>,
      },
    ],
    [t, profile, common, said, day, look],
  );
}
