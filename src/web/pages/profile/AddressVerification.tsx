import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { May } from "../../components/May.tsx";
import { useFormats } from "../../i18n/format.ts";
import { consentWords } from "./consent-words.ts";
import { verificationQuery } from "./queries.ts";

type Reason = keyof typeof consentWords.en.reason;
const isReason = (code: string): code is Reason => code in consentWords.en.reason;

/** What is known of the email address; verifying it anew may deactivate the contact or take that back. */
export function AddressVerification({ contactId }: { contactId: string }) {
  const { t } = useTranslation("consents");
  const { moment } = useFormats();
  const { data } = useQuery(verificationQuery(contactId));
  const verify = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/contacts/{id}/verification", { params: { path: { id: contactId } } }),
      ),
    changes: [["contacts"], ["suppressions"], ["ledger"]],
  });
  if (!data) return null;
  const said =
    data.at === null
      ? [t("notChecked")]
      : [
          t(`verdict.${data.verdict}`),
          ...data.reasons.map((code) => (isReason(code) ? t(`reason.${code}`) : code)),
          t("checked", { when: moment(data.at) }),
        ];
  return (
    <>
      <Text size="xs" c="dimmed" role="status">
        {said.join(" · ")}
      </Text>
      <May permission="contacts.edit">
        <Button
          size="compact-xs"
          variant="default"
          mt={2}
          loading={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {t("verify")}
        </Button>
      </May>
    </>
  );
}
