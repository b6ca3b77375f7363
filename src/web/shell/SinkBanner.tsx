import { Anchor, Group, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../api/client.ts";
import { useMay } from "../app/session.tsx";
import classes from "./SinkBanner.module.css";

/** Says on every page that mail does not leave, until a sending account is set. */
export function SinkBanner() {
  const { t } = useTranslation("shell");
  const may = useMay();
  const { data } = useQuery({
    queryKey: ["sending-accounts", "all"],
    queryFn: () =>
      answer(api.GET("/api/v1/sending-accounts", { params: { query: { limit: 200 } } })),
    staleTime: 60_000,
  });
  const leaves = data?.items.some(
    (account) => account.provider !== "sink" && account.archived_at === null,
  );
  if (!data || leaves) return null;
  return (
    <Group className={classes.banner} gap="xs" role="note">
      <Text size="sm">
        <IconMailOff size={16} aria-hidden className={classes.icon} />
        {t("sinkBanner")}
      </Text>
      {may("sink.view") && (
        <Anchor component={Link} to="/outgoing-mail" size="sm" underline="always">
          {t("sinkBannerLook")}
        </Anchor>
      )}
      {may("accounts.edit") && (
        <Anchor component={Link} to="/settings/sending-accounts" size="sm" underline="always">
          {t("sinkBannerSet")}
        </Anchor>
      )}
    </Group>
  );
}
