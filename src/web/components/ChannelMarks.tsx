import { IconBrandWhatsapp, IconMail, IconMessage, IconPhone } from "@tabler/icons-react";
import { useCallback } from "react";
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

type Describe = (channel: ChannelSummary) => string;

/** What a channel's mark says. Asked once for a table: a hook in each cell makes scrolling stutter. */
export function useChannelText(): Describe {
  const { t } = useTranslation();
  const refusalName = useRefusalName();
  return useCallback(
    (each: ChannelSummary) => {
      const channel = t(`channel.${each.channel}`);
      const state = channelState(each.eligible, each.refusals);
      if (state === "open") return t("channelOpen", { channel });
      if (state === "absent") return t("channelAbsent", { channel });
      return t("channelStopped", { channel, reasons: each.refusals.map(refusalName).join(", ") });
    },
    [t, refusalName],
  );
}

interface MarksProps {
  channels: readonly ChannelSummary[];
  describe: Describe;
  /** Where a stopped channel leads: the profile's channel panel. */
  to: string;
}

/** May we write, per channel: green, a red X with its reasons on hover and focus, or grey without an address. */
export function ChannelMarks({ channels, describe, to }: MarksProps) {
  return (
    <span className={classes.marks}>
      {channels.map((each) => {
        const state = channelState(each.eligible, each.refusals);
        const text = describe(each);
        const icon = <ChannelIcon channel={each.channel} size={15} />;
        if (state !== "stopped") {
          return (
            <span
              key={each.channel}
              className={classes[state]}
              role="img"
              aria-label={text}
              title={text}
            >
              {icon}
            </span>
          );
        }
        return (
          <RowLink
            key={each.channel}
            to={to}
            className={classes.stopped}
            title={text}
            aria-label={text}
          >
            {icon}
            <span aria-hidden="true" className={classes.cross}>
              ✕
            </span>
            <span aria-hidden="true" className={classes.why}>
              {text}
            </span>
          </RowLink>
        );
      })}
    </span>
  );
}
