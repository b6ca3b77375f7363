/** A step's delay as people give it. */
export interface Delay {
  days: number;
  hours: number;
  minutes: number;
}

const form = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+(?:\.\d+)?S)?)?$/;

/** The parts of an ISO 8601 duration; null for one with months or years, which is shown as it is. */
export function readDelay(iso: string): Delay | null {
  const parts = form.exec(iso);
  if (!parts) return null;
  const [, weeks, days, hours, minutes] = parts.map((part) => Number(part ?? 0));
  return { days: (weeks ?? 0) * 7 + (days ?? 0), hours: hours ?? 0, minutes: minutes ?? 0 };
}

export function writeDelay({ days, hours, minutes }: Delay): string {
  const date = days > 0 ? `${days}D` : "";
  const time = `${hours > 0 ? `${hours}H` : ""}${minutes > 0 ? `${minutes}M` : ""}`;
  if (date === "" && time === "") return "PT0S";
  return `P${date}${time === "" ? "" : `T${time}`}`;
}
