import { Badge } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types.ts";
import { channelState } from "../../components/refusals.ts";

/** The sending status in one word, beside the name. */
export function StatusBadge({ contact }: { contact: Contact }) {
  const { t } = useTranslation("profile");
  const { channels } = contact.sending_status;
  const states = channels.map((each) => channelState(each.eligible, each.refusals));
  const inactive = channels.some((each) => each.refusals.includes("deactivated"));
  const open = states.includes("open");
  const stopped = states.includes("stopped");
  if (inactive) return <Mark tone="red" text={t("deactivated")} />;
  if (open && stopped) return <Mark tone="red" text={t("partly")} />;
  if (stopped) return <Mark tone="red" text={t("mayNotWrite")} />;
  if (open) return <Mark tone="green" text={t("mayWrite")} />;
  return <Mark tone="grey" text={t("nowhere")} />;
}

function Mark({ tone, text }: { tone: "red" | "green" | "grey"; text: string }) {
  const Icon = tone === "green" ? IconCheck : tone === "red" ? IconX : null;
  return (
    <Badge
      variant="outline"
      tt="none"
      style={{ color: `var(--heed-${tone})`, borderColor: `var(--heed-${tone})` }}
      leftSection={Icon ? <Icon size={13} aria-hidden /> : null}
    >
      {text}
    </Badge>
  );
}

/** Where the lead stands. */
export function StageBadge({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  if (!contact.stage || contact.stage === "deactivated" || contact.stage === "unsubscribed")
    return null;
  return (
    <Badge variant="default" tt="none">
      {t(`stage.${contact.stage}`)}
    </Badge>
  );
}
