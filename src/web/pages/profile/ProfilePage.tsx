import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";

export function ProfilePage() {
  const { t } = useTranslation("profile");
  return <Page title={t("title")}>{null}</Page>;
}
