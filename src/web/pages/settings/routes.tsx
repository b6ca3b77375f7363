import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./SettingsLayout.tsx"), "SettingsLayout"),
});

const at = () => settingsRoute;

const indexRoute = createRoute({
  getParentRoute: at,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/account", replace: true });
  },
});

const accountRoute = createRoute({
  getParentRoute: at,
  path: "/account",
  component: lazyRouteComponent(() => import("./account/AccountPage.tsx"), "AccountPage"),
});

const workspaceRoute = createRoute({
  getParentRoute: at,
  path: "/workspace",
  component: lazyRouteComponent(() => import("./workspace/WorkspacePage.tsx"), "WorkspacePage"),
});

const sendingRoute = createRoute({
  getParentRoute: at,
  path: "/sending-accounts",
  component: lazyRouteComponent(
    () => import("./sending/SendingAccountsPage.tsx"),
    "SendingAccountsPage",
  ),
});

const mailboxesRoute = createRoute({
  getParentRoute: at,
  path: "/incoming-mail",
  component: lazyRouteComponent(() => import("./mailboxes/MailboxesPage.tsx"), "MailboxesPage"),
});

const topicsRoute = createRoute({
  getParentRoute: at,
  path: "/topics",
  component: lazyRouteComponent(() => import("./topics/TopicsPage.tsx"), "TopicsPage"),
});

const formsRoute = createRoute({
  getParentRoute: at,
  path: "/forms",
  component: lazyRouteComponent(() => import("./forms/FormsPage.tsx"), "FormsPage"),
});

const usersRoute = createRoute({
  getParentRoute: at,
  path: "/users",
  component: lazyRouteComponent(() => import("./users/UsersPage.tsx"), "UsersPage"),
});

const rolesRoute = createRoute({
  getParentRoute: at,
  path: "/roles",
  component: lazyRouteComponent(() => import("./roles/RolesPage.tsx"), "RolesPage"),
});

const keysRoute = createRoute({
  getParentRoute: at,
  path: "/api-keys",
  component: lazyRouteComponent(() => import("./keys/KeysPage.tsx"), "KeysPage"),
});

export const settingsRoutes = [
  settingsRoute.addChildren([
    indexRoute,
    accountRoute,
    workspaceRoute,
    sendingRoute,
    mailboxesRoute,
    topicsRoute,
    formsRoute,
    usersRoute,
    rolesRoute,
    keysRoute,
  ]),
] as const;
