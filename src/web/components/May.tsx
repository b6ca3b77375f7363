import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { rolesQuery } from "../api/roles.ts";
import { useMay, useMe } from "../app/session.tsx";

/** Shows its children only to a role that holds the permission. */
export function May({ permission, children }: { permission: string; children: ReactNode }) {
  const may = useMay();
  return may(permission) ? children : null;
}

/**
 * For a control that everybody should know of: undefined when the role holds the
 * permission, else which roles have it. `disabled={!!why} title={why}`.
 */
export function useWhyNot(): (permission: string) => string | undefined {
  const { t } = useTranslation();
  const { role } = useMe();
  const may = useMay();
  const { data } = useQuery(rolesQuery);
  return (permission) => {
    if (may(permission)) return undefined;
    const roles = data?.items.filter((each) => each.permissions.includes(permission)) ?? [];
    const refused = t("askFor", { role: role.name, permission });
    if (roles.length === 0) return refused;
    return `${refused} ${t("rolesWithIt", { roles: roles.map((each) => each.name).join(", ") })}`;
  };
}
