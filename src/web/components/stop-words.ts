import { useTranslation } from "react-i18next";
import type { StopRecord } from "../api/types.ts";

type Scoped = Pick<StopRecord, "subject_type" | "address" | "channel" | "topic_id" | "campaign_id">;

/** What a stop covers: whose, on which channel, for what. */
export function useStopScope(): (stop: Scoped) => string {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  return (stop) =>
    [
      stop.subject_type === "contact" ? t("stops.theContact") : stop.address,
      stop.channel ? common(`channel.${stop.channel}`) : t("stops.everyChannel"),
      stop.topic_id && t("stops.oneTopic"),
      stop.campaign_id && t("stops.oneCampaign"),
    ]
      .filter(Boolean)
      .join(" · ");
}
