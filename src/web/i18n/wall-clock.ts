import { Temporal } from "temporal-polyfill";

/** What a picker shows ("2031-03-30 09:00:00"), meant in a time zone, as the API takes it. */
export function toInstant(wall: string, timeZone: string): string {
  return Temporal.PlainDateTime.from(wall.replace(" ", "T"))
    .toZonedDateTime(timeZone)
    .toInstant()
    .toString();
}

/** A moment of the API as a picker shows it in a time zone. */
export function toWall(at: string, timeZone: string): string {
  return Temporal.Instant.from(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "second" })
    .replace("T", " ");
}

/** The next full hour in a time zone, as a picker shows it. */
export function nextHour(timeZone: string, ahead = 0): string {
  return Temporal.Now.zonedDateTimeISO(timeZone)
    .round({ smallestUnit: "hour", roundingMode: "ceil" })
    .add({ hours: ahead })
    .toPlainDateTime()
    .toString({ smallestUnit: "second" })
    .replace("T", " ");
}
