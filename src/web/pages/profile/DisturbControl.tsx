import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Channel } from "../../api/types.ts";
import { useMay } from "../../app/session.tsx";
import { useReceiptText } from "../../components/receipt-text.ts";
import { changedByStops } from "./queries.ts";

type Disturbance = "off" | "outbound" | "both";

interface DisturbControlProps {
  contactId: string;
  channel: Channel;
  now: Disturbance;
}

/** Do not disturb on one channel. Setting it needs no permission; taking it back needs contacts.edit. */
export function DisturbControl({ contactId, channel, now }: DisturbControlProps) {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  const mayTakeBack = useMay()("contacts.edit");
  const receiptText = useReceiptText();
  const set = useAct({
    act: (wanted: Disturbance) =>
      answer(
        api.PUT("/api/v1/contacts/{id}/do-not-disturb", {
          params: { path: { id: contactId } },
          body: { [channel]: wanted },
        }),
      ),
    changes: changedByStops,
    done: ({ receipts }) => `${t("channels.changed")} ${receiptText(receipts)}`,
  });
  const options: Disturbance[] = ["off", "outbound", "both"];
  const lessens = (wanted: Disturbance) => options.indexOf(wanted) < options.indexOf(now);
  return (
    <NativeSelect
      size="xs"
      w={185}
      style={{ flexShrink: 0 }}
      aria-label={t("channels.disturb", { channel: common(`channel.${channel}`) })}
      title={!mayTakeBack && now !== "off" ? t("channels.needsEdit") : undefined}
      value={set.isPending ? set.variables : now}
      disabled={set.isPending}
      data={options.map((value) => ({
        value,
        label: t(`channels.${value}`),
        disabled: !mayTakeBack && lessens(value),
      }))}
      onChange={(event) => set.mutate(event.currentTarget.value as Disturbance)}
    />
  );
}
