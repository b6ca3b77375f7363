import { Alert, Text } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWhyNot } from "../../components/May.tsx";
import { DeactivationReason } from "./DeactivationReason.tsx";
import { useDeactivation } from "./use-deactivation.ts";

/** Says at the top of an inactive contact's profile that nothing is sent, since when, why, and who may change that. */
export function InactiveNotice({ contactId }: { contactId: string }) {
  const { t } = useTranslation("profile");
  const stop = useDeactivation(contactId);
  const whyNot = useWhyNot()("contacts.reactivate");
  if (!stop) return null;
  return (
    <Alert color="red" icon={<IconBan />} title={t("inactive.title")}>
      <Text size="sm" component="div">
        <DeactivationReason stop={stop} />
        {whyNot && <div>{whyNot}</div>}
      </Text>
    </Alert>
  );
}
