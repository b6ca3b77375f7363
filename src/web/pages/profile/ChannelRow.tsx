import { Group, Text } from "@mantine/core";
import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ChannelStatus, StopRecord } from "../../api/types.ts";
import { ChannelIcon } from "../../components/ChannelMarks.tsx";
import { channelState } from "../../components/refusals.ts";
import { DisturbControl } from "./DisturbControl.tsx";
import classes from "./Profile.module.css";
import { RefusalItem } from "./RefusalItem.tsx";

interface ChannelRowProps {
  contactId: string;
  status: ChannelStatus;
  stops: readonly StopRecord[];
}

const marks = { open: IconCheck, stopped: IconX, absent: IconMinus };

export function ChannelRow({ contactId, status, stops }: ChannelRowProps) {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  const state = channelState(
    status.eligible,
    status.refusals.map((refusal) => refusal.code),
  );
  const MarkIcon = marks[state];
  const standing = stops.find(
    (stop) => stop.standing && stop.kind === "do_not_disturb" && stop.channel === status.channel,
  );
  return (
    <section className={classes.channel} aria-label={common(`channel.${status.channel}`)}>
      <Group gap="xs">
        <ChannelIcon channel={status.channel} size={18} />
        <Text fw={600}>{common(`channel.${status.channel}`)}</Text>
        <span className={classes.state} data-state={state}>
          <MarkIcon size={16} stroke={2.4} aria-hidden />
          {t(`channels.${state}`)}
        </span>
      </Group>
      <Group justify="space-between" gap="xs" wrap="nowrap" mt={4}>
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {status.address}
        </Text>
        <DisturbControl
          contactId={contactId}
          channel={status.channel}
          now={standing?.direction ?? "off"}
        />
      </Group>
      {status.refusals.length > 0 && (
        <ul className={classes.refusals}>
          {status.refusals.map((refusal) => (
            <RefusalItem
              key={`${refusal.code} ${refusal.stop_id}`}
              refusal={refusal}
              stop={stops.find((stop) => stop.id === refusal.stop_id)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
