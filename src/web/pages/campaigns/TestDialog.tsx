import { Anchor, Select, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { useMe } from "../../app/session.tsx";
import { ContactChoice } from "../../components/ContactChoice.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { accountsQuery, templatesQuery } from "./queries.ts";
import { accountFor } from "./step-channel.ts";
import type { Campaign } from "./types.ts";

/** One step to an address of the tester's. */
export function TestDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation("campaigns");
  const { t: common } = useTranslation("shell");
  const me = useMe();
  const [step, setStep] = useState("0");
  const [contactId, setContactId] = useState<string | null>(null);
  const channel = campaign.steps[Number(step)]?.channel ?? "email";
  // A text goes to a number, and nobody's own number is known.
  const [written, setTo] = useState<Partial<Record<"mail" | "text", string>>>({});
  const kind = channel === "email" ? "mail" : "text";
  const to = written[kind] ?? (kind === "mail" ? me.user.email : "");
  const templates = useQuery(templatesQuery);
  const accounts = useQuery(accountsQuery);
  const account = accountFor(accounts.data?.items ?? [], campaign, channel);
  const nameOf = (id: string) => templates.data?.items.find((each) => each.id === id)?.name ?? "…";
  const send = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/campaigns/{id}/test", {
          params: { path: { id: campaign.id } },
          body: { to: to.trim(), step: Number(step), contact_id: contactId },
        }),
      ),
    changes: [["sink"]],
    ownError: true,
    done: t("testDialog.done", { to }),
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("test")}
      submit={t("testDialog.submit")}
      disabled={to.trim() === ""}
      pending={send.isPending}
      error={send.error}
      onSubmit={() => send.mutate()}
    >
      <TextInput
        label={kind === "mail" ? t("testDialog.to") : t("testDialog.toNumber")}
        type={kind === "mail" ? "email" : "tel"}
        required
        data-autofocus
        value={to}
        onChange={(event) => setTo({ ...written, [kind]: event.currentTarget.value })}
      />
      {campaign.steps.length > 1 && (
        <Select
          label={t("testDialog.step")}
          data={campaign.steps.map((each, index) => ({
            value: String(index),
            label: `${t("step", { number: index + 1 })}: ${nameOf(each.template_id)}`,
          }))}
          value={step}
          onChange={(value) => setStep(value ?? "0")}
          allowDeselect={false}
        />
      )}
      <ContactChoice
        label={t("testDialog.contact")}
        description={t("testDialog.contactHint")}
        nothingFound={t("noContact")}
        value={contactId}
        onChange={setContactId}
      />
      {account?.provider === "sink" && (
        <Text size="sm">
          {t("testDialog.sink")}{" "}
          <Anchor component={Link} to="/outgoing-mail" size="sm" underline="always">
            {common("sink")}
          </Anchor>
        </Text>
      )}
    </FormDialog>
  );
}
