import { Anchor, AppShell, Burger, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "../components/PageState.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { GlobalSearch } from "./GlobalSearch.tsx";
import { HelpDialog } from "./HelpDialog.tsx";
import { Navigation } from "./Navigation.tsx";
import { RouteAnnouncer } from "./RouteAnnouncer.tsx";
import { RunningJobs } from "./RunningJobs.tsx";
import classes from "./Shell.module.css";
import { SinkBanner } from "./SinkBanner.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

/** The frame around every page of a signed-in person. */
export function Shell() {
  const { t } = useTranslation("shell");
  const [navigation, { toggle, close }] = useDisclosure();
  const [help, { open: openHelp, close: closeHelp }] = useDisclosure();
  useShortcuts({ openHelp });
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: "sm", collapsed: { mobile: !navigation } }}
      padding={0}
    >
      <AppShell.Header className={classes.header}>
        <Anchor href="#content" className={classes.skip}>
          {t("skip")}
        </Anchor>
        <Group gap="xs" wrap="nowrap">
          <Burger
            opened={navigation}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={navigation ? t("closeNavigation") : t("openNavigation")}
            aria-expanded={navigation}
          />
          <Link to="/" className={classes.brand} aria-label="Heed">
            <img src="/heed.svg" alt="" width={24} height={24} />
            <Text component="span" fw={700} visibleFrom="xs">
              Heed
            </Text>
          </Link>
        </Group>
        <GlobalSearch />
        <Group gap={4} wrap="nowrap">
          <RunningJobs />
          <AccountMenu openHelp={openHelp} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label={t("mainNavigation")}>
        <Navigation onLeave={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" className={classes.main}>
        <SinkBanner />
        <div className={classes.content}>
          <RouteAnnouncer />
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </div>
      </AppShell.Main>
      <HelpDialog opened={help} onClose={closeHelp} />
    </AppShell>
  );
}
