import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../components/DataTable.tsx";
import { nameOf } from "../../components/naming.ts";
import { RowLink } from "../../components/RowLink.tsx";

interface Person {
  contact_id: string;
  first_name: string;
  last_name: string;
  company: string;
  email: string | null;
  phone: string | null;
}

/** The columns that members and exclusions share, then their own. */
export function usePersonColumns<T extends Person>(own: readonly Column<T>[]): Column<T>[] {
  const { t } = useTranslation("lists");
  return useMemo(
    () => [
      {
        key: "name",
        title: t("name"),
        cell: (person) => <RowLink to={`/contacts/${person.contact_id}`}>{nameOf(person)}</RowLink>,
      },
      {
        key: "email",
        title: t("email"),
        cell: (person) => <span title={person.email ?? ""}>{person.email}</span>,
      },
      {
        key: "phone",
        title: t("phone"),
        width: "150px",
        narrow: false,
        cell: (person) => person.phone,
      },
      { key: "company", title: t("company"), narrow: false, cell: (person) => person.company },
      ...own,
    ],
    [t, own],
  );
}
