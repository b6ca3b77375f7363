import { Card, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../components/PageState.tsx";
import { ChannelRow } from "./ChannelRow.tsx";
import { statusQuery, stopsQuery } from "./queries.ts";

/** Each channel: may we write, and if not, every reason, since when, from whom and what would lift it. */
export function ChannelPanel({ contactId }: { contactId: string }) {
  const { t } = useTranslation("profile");
  const status = useQuery(statusQuery(contactId));
  const { data: stops } = useQuery(stopsQuery(contactId));
  const panel = useRef<HTMLDivElement>(null);
  const there = status.data !== undefined;
  useEffect(() => {
    // The red X of a table leads here.
    if (there && location.hash === "#channels") panel.current?.scrollIntoView();
  }, [there]);
  return (
    <Card withBorder id="channels" ref={panel}>
      <Title order={2} mb="xs">
        {t("channels.title")}
      </Title>
      <Loaded query={status}>
        {({ channels }) =>
          channels.map((channel) => (
            <ChannelRow
              key={channel.channel}
              contactId={contactId}
              status={channel}
              stops={stops?.items ?? []}
            />
          ))
        }
      </Loaded>
    </Card>
  );
}
