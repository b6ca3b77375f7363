import { useFormats } from "../i18n/format.ts";

interface MomentProps {
  at: string | null;
  /** `ago`: "3 hours ago", with the exact time on hover. */
  as?: "moment" | "day" | "ago";
  /** Shown when there is no time. */
  absent?: string;
}

/** A time as the workspace's clock shows it; the exact moment in UTC on hover. */
export function Moment({ at, as = "moment", absent = "" }: MomentProps) {
  const formats = useFormats();
  if (at === null) return <>{absent}</>;
  return (
    <time dateTime={at} title={as === "ago" ? `${formats.moment(at)} (${at})` : at}>
      {formats[as](at)}
    </time>
  );
}
