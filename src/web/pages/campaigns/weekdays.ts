import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** The days of the week from Monday, in the UI's language. */
export function useWeekdays(length: "short" | "long"): string[] {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { weekday: length, timeZone: "UTC" });
    // The first of January 2024 was a Monday.
    return Array.from({ length: 7 }, (_, day) => format.format(Date.UTC(2024, 0, day + 1)));
  }, [i18n.language, length]);
}
