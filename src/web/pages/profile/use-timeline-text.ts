import { useTranslation } from "react-i18next";
import type { TimelineItem } from "../../api/types.ts";
import { useRefusalName } from "../../components/refusals.ts";
import { useSaid } from "../../i18n/said.ts";

const codes = [
  "contact_created",
  "contact_imported",
  "contact_edited",
  "contact_merged",
  "contact_unmerged",
  "contact_deleted",
  "contact_restored",
  "stop_made",
  "stop_lifted",
  "message_queued",
  "message_accepted",
  "message_delivered",
  "message_bounced",
  "message_complained",
  "message_failed",
  "message_unknown",
  "message_cancelled",
  "follow_up_paused",
  "follow_up_continued",
  "follow_up_restarted",
  "follow_up_removed",
  "list_excluded",
  "list_exclusion_lifted",
  "reply_received",
  "note_added",
  "note_edited",
  "note_deleted",
  "task_added",
  "task_edited",
  "task_done",
  "task_reopened",
  "task_deleted",
  "appointment_added",
  "appointment_edited",
  "opportunity_added",
  "opportunity_edited",
  "opportunity_moved",
  "conversation_received",
  "conversation_written",
  "conversation_closed",
  "conversation_reopened",
  "conversation_deleted",
] as const;

const kinds = [
  "deactivation",
  "unsubscribe",
  "do_not_contact",
  "do_not_disturb",
  "suppression",
  "quarantine",
] as const;

const channels = ["email", "sms", "whatsapp", "call"] as const;
const red = ["stop.made", "message.bounced", "message.complained", "message.failed"];
const green = [
  "stop.lifted",
  "message.accepted",
  "message.delivered",
  "reply.received",
  "conversation.received",
];

interface TimelineText {
  title: string;
  detail: string;
  tone: "red" | "green" | undefined;
}

/** An entry of the timeline in words; what this UI does not know yet stands for itself. */
export function useTimelineText(): (item: TimelineItem) => TimelineText {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  const said = useSaid();
  const refusalName = useRefusalName();
  return ({ code, detail }) => {
    const key = code.replaceAll(".", "_");
    const known = codes.find((each) => each === key);
    const kind = kinds.find((each) => each === detail.kind);
    const title = known
      ? t(`timeline.code.${known}`, { kind: kind ? t(`stops.kinds.${kind}`) : "" })
      : code;
    const channel = channels.find((each) => each === detail.channel);
    const refusals = Array.isArray(detail.refusals) ? detail.refusals.map(String) : [];
    const parts = [
      channel && t("timeline.channel", { channel: common(`channel.${channel}`) }),
      ...[detail.title, detail.subject, detail.stage, detail.text].map(
        (each) => typeof each === "string" && each,
      ),
      typeof detail.step === "number" && t("timeline.step", { step: detail.step + 1 }),
      refusals.map(refusalName).join(", "),
      typeof detail.because === "string" && said(detail.because),
      typeof detail.response === "string" && detail.response,
      Array.isArray(detail.fields) && detail.fields.map(String).join(", "),
    ];
    return {
      title,
      detail: parts.filter(Boolean).join(" · "),
      tone: red.includes(code) ? "red" : green.includes(code) ? "green" : undefined,
    };
  };
}
