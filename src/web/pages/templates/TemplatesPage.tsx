import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";

export function TemplatesPage() {
  const { t } = useTranslation("templates");
  return <Page title={t("title")}>{null}</Page>;
}
