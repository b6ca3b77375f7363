import { Alert, Text } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "../../api/error.ts";
import { useRefusalName } from "../../components/refusals.ts";
import { useSaid } from "../../i18n/said.ts";

interface ToldRefusal {
  code: string;
  because: string;
  who_may_lift: string;
  how: string;
}

/** Every reason for which the gate refused a message written by hand, and what would end each. */
export function StoppedNotice({ error }: { error: ApiError }) {
  const { t } = useTranslation("linked");
  const refusalName = useRefusalName();
  const said = useSaid();
  const queries = useQueryClient();
  // The stop may be newer than what the page shows of the contact.
  useEffect(() => void queries.invalidateQueries({ queryKey: ["contacts"] }), [queries]);
  const refusals = (error.details.refusals ?? []) as ToldRefusal[];
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconBan />}
      title={`${t("conversations.stopped")}. ${t("conversations.stoppedHint")}`}
    >
      {refusals.map((each) => (
        <Text key={`${each.code} ${each.because}`} size="sm">
          <b>{refusalName(each.code)}</b>: {said(each.because)}.{" "}
          {t("conversations.liftHow", { how: said(each.how), who: said(each.who_may_lift) })}
        </Text>
      ))}
    </Alert>
  );
}
