import { useTranslation } from "react-i18next";
import { readDelay } from "./delay.ts";

/** "at once", "3 days 4 hours". */
export function useDelayWords(): (iso: string) => string {
  const { t } = useTranslation("campaigns");
  return (iso) => {
    const delay = readDelay(iso);
    if (!delay) return iso;
    const parts = [
      delay.days > 0 && t("delay.daysCount", { count: delay.days }),
      delay.hours > 0 && t("delay.hoursCount", { count: delay.hours }),
      delay.minutes > 0 && t("delay.minutesCount", { count: delay.minutes }),
    ].filter(Boolean);
    return parts.length === 0 ? t("delay.atOnce") : parts.join(" ");
  };
}
