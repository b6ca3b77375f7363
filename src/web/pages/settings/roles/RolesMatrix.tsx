import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./RolesMatrix.module.css";
import type { Permission, Role } from "./types.ts";

interface RolesMatrixProps {
  roles: readonly Role[];
  permissions: readonly Permission[];
  onEdit: ((role: Role) => void) | null;
  onDelete: ((role: Role) => void) | null;
}

/** Permissions by role: a tick where the role may. */
export function RolesMatrix({ roles, permissions, onEdit, onDelete }: RolesMatrixProps) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section className={classes.scroller} tabIndex={0} aria-label={t("roles.title")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("roles.permission")}</th>
            {roles.map((role) => (
              <th scope="col" key={role.id}>
                {role.name}
                {!role.built_in && onEdit && onDelete && (
                  <span className={classes.acts}>
                    <button
                      type="button"
                      aria-label={`${common("edit")}: ${role.name}`}
                      onClick={() => onEdit(role)}
                    >
                      {common("edit")}
                    </button>
                    <button
                      type="button"
                      aria-label={`${t("roles.delete")}: ${role.name}`}
                      onClick={() => onDelete(role)}
                    >
                      {t("roles.delete")}
                    </button>
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t("roles.visibility")}</th>
            {roles.map((role) => (
              <td key={role.id}>{t(`roles.sees.${role.visibility}`)}</td>
            ))}
          </tr>
          {permissions.map(({ permission, description }) => (
            <tr key={permission}>
              <th scope="row">
                <code>{permission}</code>
                <span className={classes.description}>{description}</span>
              </th>
              {roles.map((role) => (
                <td key={role.id}>
                  {role.permissions.includes(permission) ? (
                    <>
                      <IconCheck size={18} aria-hidden className={classes.yes} />
                      <span className="visually-hidden">{common("yes")}</span>
                    </>
                  ) : (
                    <span className="visually-hidden">{common("no")}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
