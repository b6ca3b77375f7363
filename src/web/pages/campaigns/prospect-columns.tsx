import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable.tsx";
import { Moment } from "../../components/Moment.tsx";
import { nameOf } from "../../components/naming.ts";
import { RowLink } from "../../components/RowLink.tsx";
import { useRefusalName } from "../../components/refusals.ts";
import classes from "./Prospects.module.css";
import type { Prospect } from "./types.ts";

export function useProspectColumns(
  onEdit: (prospect: Prospect) => void,
  onFollowUp: (prospect: Prospect) => void,
): Column<Prospect>[] {
  const { t } = useTranslation("campaigns");
  const refusalName = useRefusalName();
  return useMemo(
    () => [
      {
        key: "name",
        title: t("prospects.contact"),
        cell: ({ contact }) => (
          <RowLink to={`/contacts/${contact.id}`} title={nameOf(contact)}>
            {nameOf(contact)}
          </RowLink>
        ),
      },
      {
        key: "email",
        title: t("prospects.email"),
        narrow: false,
        cell: ({ contact }) => <span title={contact.email ?? ""}>{contact.email}</span>,
      },
      {
        key: "state",
        title: t("prospects.state"),
        width: "110px",
        narrow: false,
        cell: ({ follow_up }) => (follow_up ? t(`followUp.${follow_up.state}`) : ""),
      },
      {
        key: "why",
        title: t("prospects.status"),
        cell: (prospect) => {
          const reasons = prospect.refusals.map(refusalName).join(", ");
          return reasons === "" ? (
            <span className={classes.open}>{t("prospects.open")}</span>
          ) : (
            <span className={classes.stopped} title={reasons}>
              {reasons}
            </span>
          );
        },
      },
      {
        key: "next",
        title: t("prospects.next"),
        width: "170px",
        narrow: false,
        cell: ({ follow_up }) =>
          follow_up?.state === "active" ? (
            <>
              {t("step", { number: follow_up.next_step + 1 })}{" "}
              {follow_up.due_at ? <Moment at={follow_up.due_at} as="ago" /> : t("prospects.queued")}
            </>
          ) : null,
      },
      {
        key: "acts",
        title: t("prospects.acts"),
        width: "172px",
        cell: (prospect) => (
          <>
            <button
              type="button"
              className={classes.act}
              onClick={() => onEdit(prospect)}
              aria-label={t("prospects.editNamed", { name: nameOf(prospect.contact) })}
            >
              {t("prospects.edit")}
            </button>
            {prospect.follow_up && (
              <button
                type="button"
                className={classes.act}
                onClick={() => onFollowUp(prospect)}
                aria-label={t("prospects.followUpNamed", { name: nameOf(prospect.contact) })}
              >
                {t("prospects.followUp")}
              </button>
            )}
          </>
        ),
      },
    ],
    [t, refusalName, onEdit, onFollowUp],
  );
}
