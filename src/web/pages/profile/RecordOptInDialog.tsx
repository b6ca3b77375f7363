import { Select, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Consents } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";

interface RecordOptInDialogProps {
  contactId: string;
  /** The topics by channel that the contact can be written to about. */
  items: Consents["items"];
  onClose: () => void;
}

/** Records that the person agreed to a topic, with the evidence; lifts no unsubscribe. */
export function RecordOptInDialog({ contactId, items, onClose }: RecordOptInDialogProps) {
  const { t } = useTranslation("consents");
  const { t: common } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [evidence, setEvidence] = useState("");
  const choices = items.map((item) => ({
    item,
    value: `${item.channel} ${item.topic_id}`,
    label: `${item.name} · ${common(`channel.${item.channel}`)}`,
  }));
  const item = choices.find(({ value }) => value === chosen)?.item;
  const record = useAct<unknown, Consents["items"][number]>({
    act: ({ channel, topic_id }) =>
      answer(
        api.POST("/api/v1/contacts/{id}/consents", {
          params: { path: { id: contactId } },
          body: { channel, topic_id, state: "opted_in", evidence },
        }),
      ),
    changes: [["contacts"], ["campaigns"], ["ledger"]],
    done: t("recorded"),
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("record")}
      submit={t("record")}
      disabled={item === undefined || evidence.trim() === ""}
      pending={record.isPending}
      error={record.error}
      onSubmit={() => item && record.mutate(item)}
    >
      <Text size="sm">{t("recordHint")}</Text>
      <Select
        label={t("topic")}
        required
        data-autofocus
        data={choices.map(({ value, label }) => ({ value, label }))}
        value={chosen}
        onChange={setChosen}
      />
      <Textarea
        label={t("evidenceField")}
        description={t("evidenceHint")}
        required
        maxLength={2000}
        autosize
        minRows={2}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
