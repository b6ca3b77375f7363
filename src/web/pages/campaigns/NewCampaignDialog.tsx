import { TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import type { Campaign } from "./types.ts";

/** A campaign begins with its name; the draft saves itself from then on. */
export function NewCampaignDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("campaigns");
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const create = useAct<Campaign>({
    act: () => answer(api.POST("/api/v1/campaigns", { body: { name: name.trim() } })),
    changes: [["campaigns"]],
    ownError: true,
    onDone(campaign) {
      onClose();
      void navigate({ to: "/campaigns/$id", params: { id: campaign.id }, search: {} });
    },
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("new")}
      submit={t("create")}
      disabled={name.trim() === ""}
      pending={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate()}
    >
      <TextInput
        label={t("name")}
        description={t("nameHint")}
        data-autofocus
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
