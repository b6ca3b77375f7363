import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import type { Campaign } from "./types.ts";

export function RenameDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation("campaigns");
  const { t: common } = useTranslation();
  const [name, setName] = useState(campaign.name);
  const rename = useAct<Campaign>({
    act: () =>
      answer(
        api.PATCH("/api/v1/campaigns/{id}", {
          params: { path: { id: campaign.id } },
          body: { name: name.trim() },
        }),
      ),
    changes: [["campaigns"]],
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("rename")}
      submit={common("save")}
      disabled={name.trim() === ""}
      pending={rename.isPending}
      error={rename.error}
      onSubmit={() => rename.mutate()}
    >
      <TextInput
        label={t("name")}
        data-autofocus
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
