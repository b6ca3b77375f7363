import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../components/Page.tsx";

/** An address that leads nowhere. */
export function Missing() {
  const { t } = useTranslation("shell");
  return (
    <Page title={t("missing")} description={t("missingHint")}>
      <Button component={Link} to="/contacts">
        {t("toContacts")}
      </Button>
    </Page>
  );
}
