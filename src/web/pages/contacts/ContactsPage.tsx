import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";

export function ContactsPage() {
  const { t } = useTranslation("contacts");
  return <Page title={t("title")}>{null}</Page>;
}
