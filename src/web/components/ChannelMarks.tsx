import { IconBrandWhatsapp, IconMail, IconMessage, IconPhone } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Channel, ChannelSummary } from "../api/types.ts";
import classes from "./ChannelMarks.module.css";
import { RowLink } from "./RowLink.tsx";
import { channelState, useRefusalName } from "./refusals.ts";

const icons = { email: IconMail, sms: IconMessage, whatsapp: IconBrandWhatsapp, call: IconPhone };

export function ChannelIcon({ channel, size = 16 }: { channel: Channel; size?: number }) {
  const Icon = icons[channel];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}

interface MarksProps {
  channels: readonly ChannelSummary[];
  /** Where a stopped channel leads: the profile's channel panel. */
  to: string;
}

/** May we write, per channel: green, a red X with its reasons on hover and focus, or grey without an address. */
export function ChannelMarks({ channels, to }: MarksProps) {
  const { t } = useTranslation();
  const name = useRefusalName();
  return (
    <span className={classes.marks}>
      {channels.map((each) => {
        const state = channelState(each.eligible, each.refusals);
        const channel = t(`channel.${each.channel}`);
        const mark = <ChannelIcon channel={each.channel} size={15} />;
        if (state === "open") {
          const text = t("channelOpen", { channel });
          return (
            <span
              key={each.channel}
              className={classes.open}
              role="img"
              aria-label={text}
              title={text}
            >
              {mark}
            </span>
          );
        }
        if (state === "absent") {
          const text = t("channelAbsent", { channel });
          return (
            <span
              key={each.channel}
              className={classes.absent}
              role="img"
              aria-label={text}
              title={text}
            >
              {mark}
            </span>
          );
        }
        const why = t("channelStopped", { channel, reasons: each.refusals.map(name).join(", ") });
        return (
          <RowLink
            key={each.channel}
            to={to}
            className={classes.stopped}
            title={why}
            aria-label={why}
          >
            {mark}
            <span aria-hidden="true" className={classes.cross}>
              ✕
            </span>
            <span aria-hidden="true" className={classes.why}>
              {why}
            </span>
          </RowLink>
        );
      })}
    </span>
  );
}
