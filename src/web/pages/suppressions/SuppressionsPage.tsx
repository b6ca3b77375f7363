import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";

export function SuppressionsPage() {
  const { t } = useTranslation("suppressions");
  return <Page title={t("title")}>{null}</Page>;
}
