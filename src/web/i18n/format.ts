import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/session.tsx";

export interface Formats {
  number: (value: number) => string;
  percent: (share: number) => string;
  /** An amount in an ISO 4217 currency. */
  money: (amount: number, currency: string) => string;
  /** A day without a clock, as `2031-03-30`. */
  date: (day: string) => string;
  /** Hour and minute, in the workspace's time zone or another. */
  clock: (at: string, zone?: string) => string;
  /** Day and minute, in the workspace's time zone. */
  moment: (at: string) => string;
  day: (at: string) => string;
  /** "3 hours ago". */
  ago: (at: string) => string;
  /** "2 min", "1 h 5 min". */
  span: (seconds: number) => string;
}

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** Formats of the UI's language. Every time is shown in `timeZone`, so that colleagues read the same clock. */
export function formatsOf(language: string, timeZone: string | undefined): Formats {
  // The person's own region where it speaks this language: en-GB writes 24 hours, en-US 12.
  const locale = navigator.languages.find((each) => each.startsWith(language)) ?? language;
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    money: (amount, currency) =>
      new Intl.NumberFormat(locale, {
        style: "currency",
        currency,
        trailingZeroDisplay: "stripIfInteger",
      }).format(amount),
    date: (text) =>
      new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(
        new Date(text),
      ),
    clock: (at, zone = timeZone) =>
      new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: zone }).format(new Date(at)),
    moment: (at) => moment.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    ago(at) {
      const seconds = (Date.parse(at) - Date.now()) / 1000;
      for (const [unit, length] of units) {
        if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
      }
      return relative.format(0, "minute");
    },
    span(seconds) {
      const minutes = Math.round(seconds / 60);
      if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
      if (minutes < 60) return `${minutes} min`;
      return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    },
  };
}

/** The formats of whoever is signed in. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  const { workspace } = useMe();
  return useMemo(
    () => formatsOf(i18n.language, workspace.time_zone),
    [i18n.language, workspace.time_zone],
  );
}
