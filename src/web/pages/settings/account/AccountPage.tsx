import { useTranslation } from "react-i18next";
import { useMe } from "../../../app/session.tsx";
import { Page } from "../../../components/Page.tsx";
import { NameForm } from "./NameForm.tsx";
import { PasswordForm } from "./PasswordForm.tsx";
import { SecondFactor } from "./SecondFactor.tsx";

/** The signed-in person's own name, language, password and second factor. */
export function AccountPage() {
  const { t } = useTranslation("settings");
  const me = useMe();
  return (
    <Page
      title={t("account.title")}
      description={t("account.description", { role: me.role.name, workspace: me.workspace.name })}
    >
      <NameForm me={me} />
      <PasswordForm me={me} />
      <SecondFactor me={me} />
    </Page>
  );
}
