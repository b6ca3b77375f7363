import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { ChannelMarks, useChannelText } from "../../components/ChannelMarks.tsx";
import type { Column } from "../../components/DataTable.tsx";
import { nameOf } from "../../components/naming.ts";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";

/** Shown until somebody chooses. */
export const firstColumns = ["name", "email", "company", "stage", "channels", "owner", "created"];

/** Every column of the contacts' table; the name cannot be left out. */
export function useContactColumns(): Column<Contact>[] {
  const { t } = useTranslation("contacts");
  const { t: common } = useTranslation();
  const { day } = useFormats();
  const userName = useUserNames();
  const channelText = useChannelText();
  return useMemo(
    () => [
      {
        key: "name",
        title: t("column.name"),
        sort: "name",
        cell: (contact) => <RowLink to={`/contacts/${contact.id}`}>{nameOf(contact)}</RowLink>,
      },
      {
        key: "email",
        title: t("column.email"),
        sort: "email",
        narrow: false,
        cell: (contact) => <span title={contact.email ?? ""}>{contact.email}</span>,
      },
      {
        key: "phone",
        title: t("column.phone"),
        width: "150px",
        narrow: false,
        cell: (contact) => contact.phone,
      },
      {
        key: "company",
        title: t("column.company"),
        narrow: false,
        cell: (contact) => contact.company,
      },
      { key: "job", title: t("column.job"), narrow: false, cell: (contact) => contact.job_title },
      {
        key: "stage",
        title: t("column.stage"),
        width: "105px",
        narrow: false,
        cell: (contact) => (contact.stage ? common(`stage.${contact.stage}`) : ""),
      },
      {
        key: "channels",
        title: t("column.channels"),
        width: "164px",
        cell: (contact) => (
          <ChannelMarks
            channels={contact.sending_status.channels}
            describe={channelText}
            to={`/contacts/${contact.id}#channels`}
          />
        ),
      },
      {
        key: "owner",
        title: t("column.owner"),
        width: "135px",
        narrow: false,
        cell: (contact) => (contact.owner_id ? userName(contact.owner_id) : ""),
      },
      {
        key: "created",
        title: t("column.created"),
        sort: "created_at",
        width: "118px",
        narrow: false,
        cell: (contact) => <time dateTime={contact.created_at}>{day(contact.created_at)}</time>,
      },
    ],
    [t, common, day, userName, channelText],
  );
}
