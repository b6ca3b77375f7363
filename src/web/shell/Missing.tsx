import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../components/PageState.tsx";

export function Missing() {
  const { t } = useTranslation("shell");
  return (
    <Empty
      title={t("missing")}
      actions={
        <Button component={Link} to="/contacts">
          {t("toContacts")}
        </Button>
      }
    >
      {t("missingHint")}
    </Empty>
  );
}
