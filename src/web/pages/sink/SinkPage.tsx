import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";

export function SinkPage() {
  const { t } = useTranslation("sink");
  return <Page title={t("title")}>{null}</Page>;
}
