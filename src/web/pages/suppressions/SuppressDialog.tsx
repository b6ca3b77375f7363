import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Channel } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { useReceiptText } from "../../components/receipt-text.ts";

const phoneChannels = ["sms", "whatsapp", "call"] as const;

/** Suppresses one address or domain by hand. */
export function SuppressDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("suppressions");
  const { t: common } = useTranslation();
  const receiptText = useReceiptText();
  const [typed, setTyped] = useState("");
  const [because, setBecause] = useState("");
  const [channel, setChannel] = useState<Channel>("sms");
  const [missing, setMissing] = useState(false);
  const value = typed.trim();
  const isNumber = /^\+?[\d\s().-]{5,}$/.test(value);
  const isDomain = !isNumber && !/^[^@]+@/.test(value);
  const suppress = useAct({
    act: () => {
      const reason = { kind: "suppression" as const, because: because.trim() };
      return answer(
        api.POST("/api/v1/stops", {
          body: isDomain
            ? { ...reason, domain: value.replace(/^\*?@/, "") }
            : { ...reason, address: { channel: isNumber ? channel : "email", value } },
        }),
      );
    },
    changes: [["suppressions"], ["contacts"], ["ledger"]],
    done: (receipt) =>
      `${t(receipt.added ? "add.done" : "add.already", { address: value })} ${receiptText([receipt])}`,
    ownError: true,
    onDone: onClose,
  });
  const submit = () => {
    setMissing(value === "");
    if (value !== "") suppress.mutate();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("add.title")}
      submit={t("add.submit")}
      danger
      pending={suppress.isPending}
      error={suppress.error}
      onSubmit={submit}
    >
      <TextInput
        label={t("add.address")}
        description={t("add.addressHint")}
        required
        data-autofocus
        maxLength={400}
        value={typed}
        error={missing && t("add.needed")}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {isNumber && (
        <NativeSelect
          label={t("add.channel")}
          value={channel}
          data={phoneChannels.map((each) => ({ value: each, label: common(`channel.${each}`) }))}
          onChange={(event) => setChannel(event.currentTarget.value as Channel)}
        />
      )}
      <Textarea
        label={t("add.because")}
        description={t("add.because2")}
        autosize
        minRows={2}
        maxLength={2000}
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
