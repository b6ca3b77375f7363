import { Link, Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "../../components/PageState.tsx";
import classes from "./SettingsLayout.module.css";

const places = [
  { to: "/settings/account", name: "account" },
  { to: "/settings/workspace", name: "workspace" },
  { to: "/settings/sending-accounts", name: "sending" },
  { to: "/settings/incoming-mail", name: "mailboxes" },
  { to: "/settings/topics", name: "topics" },
  { to: "/settings/forms", name: "forms" },
  { to: "/settings/users", name: "users" },
  { to: "/settings/roles", name: "roles" },
  { to: "/settings/api-keys", name: "keys" },
] as const;

/** The settings' own navigation beside the open page. */
export function SettingsLayout() {
  const { t } = useTranslation("settings");
  return (
    <div className={classes.layout}>
      <nav aria-label={t("title")} className={classes.places}>
        {places.map(({ to, name }) => (
          <Link key={to} to={to} className={classes.place} activeProps={{ "aria-current": "page" }}>
            {t(`${name}.title`)}
          </Link>
        ))}
      </nav>
      <div className={classes.open}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}
