import { Alert, Text } from "@mantine/core";
import { IconAlarm } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { AnchorLink } from "../../components/AnchorLink.tsx";
import { openRequests } from "./queries.ts";

/** Says on every tab of the bin that somebody waits to be forgotten, before and after the deadline. */
export function RequestAlarm() {
  const { t } = useTranslation("bin");
  const { data } = useQuery(openRequests);
  const overdue = data?.items.filter((each) => each.status === "overdue").length ?? 0;
  const soon = data?.items.filter((each) => each.status === "due_soon").length ?? 0;
  if (overdue + soon === 0) return null;
  return (
    <Alert
      color={overdue > 0 ? "red" : "yellow"}
      icon={<IconAlarm />}
      mb="sm"
      role="alert"
      style={{ flexShrink: 0 }}
    >
      <Text size="sm">
        {overdue > 0 && `${t("requests.overdueAlarm", { count: overdue })} `}
        {soon > 0 && `${t("requests.soonAlarm", { count: soon })} `}
        <AnchorLink to="/bin" search={{ tab: "requests" }} size="sm" underline="always" c="inherit">
          {t("requests.look")}
        </AnchorLink>
      </Text>
    </Alert>
  );
}
