import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";

export function CampaignsPage() {
  const { t } = useTranslation("campaigns");
  return <Page title={t("title")}>{null}</Page>;
}
